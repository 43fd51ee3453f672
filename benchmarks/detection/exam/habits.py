"""Passwords by habit: lines of habits.txt, in which a password stands or does not, in files of their kind."""

import re
from pathlib import Path

from . import templates
from .items import Mark, password
from .nearmiss import near

LINES = Path(__file__).resolve().parent / "habits.txt"
USERS = "admin root deploy jenkins tom anna.miller svc_backup operator sa postgres webmaster".split()
HOSTS = "10.0.3.4 db.acme-widgets.io 192.168.1.20 mail.acme-widgets.io build01 localhost".split()
PLAIN = "dragon tinkerbell rainbow whisky pumpkin firebird snoopy maverick trustno blackbird".split()
FOLDERS = "src config lib deploy app server scripts src/main test/support tests src/test/resources".split()
STEMS = "database settings login mailer accounts connect client bootstrap worker session".split()
NEAR = re.compile(r"\[\[(.*?)\]\]+", re.DOTALL)


def read_lines():
    """(ending, whether a password stands there, whether a near miss is strict, template), in order."""
    ending, lines = "", []
    for line in LINES.read_text().splitlines():
        if line.startswith("["):
            ending = line[1:-1]
        elif line and line[0] != "#":
            sign, template = line.split(" ", 1)
            lines.append((ending, sign == "+", sign.startswith("="), template.replace("\\n", "\n")))
    return lines


def chosen(rng):
    """A password as people choose them; half of them of no words at all, as generators and published corpora have them."""
    draw = rng.random()
    if draw < 0.5:
        return password(rng)
    if draw < 0.68:
        return templates.pick(rng, "lower", rng.randint(6, 11))
    if draw < 0.78:
        return templates.pick(rng, "lower+digit", rng.randint(6, 10))
    if draw < 0.86:
        return templates.pick(rng, "alnum", rng.randint(7, 14))
    if draw < 0.90:
        return templates.pick(rng, "digit", rng.randint(6, 8))
    if draw < 0.95:
        return rng.choice(PLAIN) + rng.choice(["", templates.pick(rng, "digit", 2)])
    return templates.pick(rng, "upper", 1) + templates.pick(rng, "lower", 5) + templates.pick(rng, "digit", rng.randint(1, 3))


def write(rng, ending, lines, marks):
    """A file of some of the lines."""
    body = []
    for _, right, strict, template in lines:
        text = template.replace("{u}", rng.choice(USERS)).replace("{h}", rng.choice(HOSTS))
        if right:
            value = chosen(rng)
            text = text.replace("{v}", "\0")
            while "\0" in text:
                text = text.replace("\0", marks.wrap(Mark("planted", "habits", value, source="docs"), value), 1)
        else:
            text = NEAR.sub(lambda found: marks.wrap(near("habit", found.group(1), strict), found.group(1)) if found.group(1) else "", text)
        body.append(text)
    name = "Dockerfile" if ending == "dockerfile" else f"{rng.choice(STEMS)}.{ending}"
    return f"{rng.choice(FOLDERS)}/{name}", "\n\n".join(body) + "\n", "habit"


def files(rng, marks):
    """Files that hold every line once."""
    by_ending = {}
    for line in read_lines():
        by_ending.setdefault(line[0], []).append(line)
    for ending, lines in by_ending.items():
        rng.shuffle(lines)
        while lines:
            count = rng.randint(1, 4)
            yield write(rng, ending, lines[:count], marks)
            lines = lines[count:]
