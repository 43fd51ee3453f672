"""Which label a report gets. No network here."""
import re

RULES = [
    (re.compile(r"crash|segfault|core dumped", re.I), "crash"),
    (re.compile(r"\bslow|freez|hang(s|ing)?\b", re.I), "performance"),
    (re.compile(r"wayland|x11|hidpi", re.I), "display"),
]


def labels_for(title, body):
    text = f"{title}\n{body or ''}"
    return [label for pattern, label in RULES if pattern.search(text)]
