"""Fails when a page links to a page that does not exist."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
missing = []
for page in root.rglob("*.html"):
    for target in re.findall(r'href="([^":#]+)"', page.read_text()):
        if not (page.parent / target).exists():
            missing.append(f"{page}: {target}")
print("\n".join(missing))
sys.exit(bool(missing))
