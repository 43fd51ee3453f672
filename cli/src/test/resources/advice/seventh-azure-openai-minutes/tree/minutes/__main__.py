import pathlib

from .config import Config
from .summary import Summarizer
from .transcript import plain

summarizer = Summarizer()
for path in sorted(pathlib.Path(Config.transcripts).glob("*.vtt")):
    target = path.with_suffix(".md")
    if not target.exists():
        target.write_text(summarizer.minutes(plain(path.read_text())))
        print(target)
