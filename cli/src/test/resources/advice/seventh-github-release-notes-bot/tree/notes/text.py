import re

_TYPE = re.compile(r"^(feat|fix|docs|chore)(?:\([^)]*\))?: ")
_TITLES = {"feat": "New", "fix": "Fixed", "docs": "Documentation", "chore": "Other"}


def render(pulls: list[tuple[int, str]]) -> str:
    groups: dict[str, list[str]] = {}
    for number, title in pulls:
        match = _TYPE.match(title)
        kind = match.group(1) if match else "chore"
        groups.setdefault(_TITLES[kind], []).append(f"- {_TYPE.sub('', title)} (#{number})")
    return "\n\n".join(f"## {title}\n" + "\n".join(lines) for title, lines in groups.items())
