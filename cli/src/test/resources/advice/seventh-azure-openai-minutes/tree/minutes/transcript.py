import re

_TIME = re.compile(r"^\d\d:\d\d:\d\d\.\d{3} --> ")


def plain(vtt: str) -> str:
    lines = vtt.splitlines()
    return "\n".join(line for line in lines if line and line != "WEBVTT" and not _TIME.match(line))
