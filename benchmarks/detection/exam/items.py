"""What is written into files: entries (a name and a value), some of them marked as planted or as near misses."""

import base64
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from . import templates

# Marks in the private use area stand around a marked value until the file is complete; then they become positions.
OPEN, MIDDLE, CLOSE = "\ue000", "\ue001", "\ue002"


@dataclass
class Mark:
    """One label in the making: what stands at a place, and whether that is a secret."""

    kind: str  # planted, near or companion (a public part beside a secret, neither right nor wrong to report)
    group: str
    value: str
    provider: str = ""
    aliases: list = field(default_factory=list)
    own: bool = False
    source: str = ""
    strict: bool = False
    style: str = ""


class Marks:
    """Hands out numbers for marks; a style puts the number beside the text it writes."""

    def __init__(self):
        self.all = []

    def wrap(self, mark, text):
        self.all.append(mark)
        return f"{OPEN}{len(self.all) - 1}{MIDDLE}{text}{CLOSE}"


ESCAPES = {
    "raw": lambda text: text,
    "dq": lambda text: text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n"),
    "sq": lambda text: text.replace("\\", "\\\\").replace("'", "\\'"),
    "sqsql": lambda text: text.replace("'", "''"),
    "xml": lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;"),
    "url": lambda text: quote(text, safe="-._~"),
    "b64": lambda text: base64.b64encode(text.encode()).decode(),
    "json": lambda text: json.dumps(text)[1:-1],
    "props": lambda text: text.replace("\\", "\\\\"),
    "csv": lambda text: text.replace('"', '""'),
    "jsonjson": lambda text: json.dumps(json.dumps(text)[1:-1])[1:-1],
}


@dataclass
class Entry:
    """A name and a value as a style writes them: `@S@ = "@v:dq@"`."""

    name: str  # SCREAMING_SNAKE
    value: str
    mark: Mark | None = None
    service: str = ""
    use: tuple = ()
    companions: list = field(default_factory=list)

    def cased(self, form):
        words = self.name.lower().split("_")
        if form == "S":
            return self.name
        if form == "s":
            return "_".join(words)
        if form == "k":
            return "-".join(words)
        if form == "d":
            return ".".join(words)
        if form == "n":
            return "".join(words)
        pascal = "".join(word.capitalize() for word in words)
        return pascal if form == "P" else pascal[0].lower() + pascal[1:]

    def text(self, marks, escape="raw", around=None):
        """The value, escaped, with its mark around it. `around` encodes a text that holds the value (Basic auth)."""
        text = ESCAPES[escape](around(self.value) if around else self.value)
        return marks.wrap(self.mark, text) if self.mark else text

    @property
    def title(self):
        return self.service.replace("-", " ").title() if self.service else self.name.split("_")[0].title()


HOLE = re.compile(r"@([A-Za-z]+)(?::([a-z0-9]+))?@")


def render(template, entry, marks):
    """`@S@`, `@s@`, `@c@`, `@P@`, `@k@`, `@d@`, `@n@`: the name; `@v@`, `@v:dq@`: the value; `@T@`, `@g@`: the service."""

    def fill(hole):
        what, escape = hole.groups()
        if what == "v":
            return entry.text(marks, escape or "raw")
        if what == "T":
            return entry.title
        if what == "g":
            return (entry.service or entry.name.split("_")[0]).lower().replace("-", "_")
        if what == "G":
            return "".join(word.capitalize() for word in re.split("[-_ ]", entry.service or entry.name.split("_")[0].lower()))
        return entry.cased(what)

    return HOLE.sub(fill, template)


# --- services --------------------------------------------------------------------------------------------------------


@dataclass
class Kind:
    """One row of services/*.txt."""

    group: str
    slug: str
    aliases: list
    source: str
    own: bool
    names: list
    shape: str
    use: tuple
    companion: tuple

    def entry(self, rng, name=None):
        value = templates.expand(self.shape, rng)
        mark = Mark("planted", self.group, value, self.slug, self.aliases, self.own, self.source)
        entry = Entry(name or rng.choice(self.names), value, mark, self.slug, self.use)
        if self.companion:
            name, shape = self.companion
            value = templates.expand(shape, rng)
            entry.companions = [Entry(name, value, Mark("companion", self.group, value, self.slug), self.slug)]
        return entry


def read_services(folder):
    kinds = []
    for path in sorted(Path(folder).glob("*.txt")):
        group = None
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if line.startswith("# group: "):
                group = line[9:].strip()
            if line.startswith("#") or not line.strip():
                continue
            cells = [cell.strip() for cell in line.split(" | ")]
            if len(cells) not in (7, 8) or cells[2] not in ("notes", "docs") or cells[3] not in ("own", "-"):
                raise ValueError(f"{path.name}:{number}: not a service row")
            slug, aliases, source, own, names, shape, use = cells[:7]
            companion = tuple(cells[7].split("=", 1)) if len(cells) == 8 else ()
            kinds.append(
                Kind(
                    group,
                    slug,
                    [] if aliases == "-" else aliases.split(","),
                    source,
                    own == "own",
                    names.split(),
                    shape,
                    () if use == "-" else tuple(use.rsplit(" ", 1)),
                    companion,
                )
            )
    return kinds


# --- human-chosen passwords ------------------------------------------------------------------------------------------

SEASONS = "Spring Summer Autumn Winter January March April June July August October November Monday Friday".split()
WORDS = (
    "dragon monkey sunshine tiger falcon shadow coffee purple orange banana rocket guitar silver ocean thunder pepper "
    "cookie hunter ranger eagle diamond cherry phoenix pirate wizard castle garden summit river forest copper velvet"
).split()
NAMES = "jessica michael ashley daniel andrew maria carlos anna peter olga rajesh priya kevin laura tomas nicole".split()
PLACES = "London Berlin Paris Chicago Madrid Lisbon Toronto Sydney Mumbai Oslo Boston Denver Vienna Dublin".split()
ROLES = "admin root dbadmin sysadmin postgres mysql tomcat jenkins oracle deploy backup service webadmin sa".split()
FIRMS = "Acme Globex Initech Umbra Contoso Northwind Hooli Vandelay Wonka Stark Tyrell Cyberdyne".split()
WALKS = ["qwerty", "1qaz2wsx", "zaq12wsx", "asdf", "qazwsx", "q1w2e3r4", "qweasd", "zxcvbn", "1q2w3e4r5t"]


def password(rng):
    """A password as a person makes one up."""
    digits = lambda low=2, high=4: templates.pick(rng, "digit", rng.randint(low, high))
    year = lambda: str(rng.randint(2008, 2025))
    mark = lambda: rng.choice(["!", "@", "#", "!!", "*", "?", "!@#", "%", "."])
    leet = lambda word: word.replace("a", "@").replace("o", "0").replace("s", "$").replace("i", "1").replace("e", "3")
    word, other = rng.choice(WORDS), rng.choice(WORDS)
    forms = [
        lambda: rng.choice(SEASONS) + year() + mark(),
        lambda: rng.choice(SEASONS) + mark() + year(),
        lambda: rng.choice(FIRMS) + year() + mark(),
        lambda: rng.choice(FIRMS).lower() + "@" + digits(3),
        lambda: "P@ssw0rd" + digits(1, 4) + rng.choice(["", "!", "#"]),
        lambda: "Passw0rd" + mark() + digits(),
        lambda: rng.choice(NAMES) + digits(),
        lambda: rng.choice(NAMES).capitalize() + rng.choice("_@.") + year(),
        lambda: rng.choice(WALKS) + digits(2, 3) + rng.choice(["", "!", "@"]),
        lambda: rng.choice(WALKS).capitalize() + mark() + digits(),
        lambda: word + rng.choice("-_.") + other + rng.choice(["", digits(1, 2)]),
        lambda: word.capitalize() + other.capitalize() + digits(1, 3),
        lambda: leet(word) + digits() + rng.choice(["", "!"]),
        lambda: rng.choice(ROLES) + digits(3, 4),
        lambda: rng.choice(ROLES) + "@" + year(),
        lambda: rng.choice(ROLES).capitalize() + mark() + digits(),
        lambda: "ILove" + word.capitalize() + "s" + digits(1, 2),
        lambda: "LetMeIn" + mark() + digits(),
        lambda: rng.choice(PLACES) + year(),
        lambda: rng.choice(PLACES) + mark() + digits(),
        lambda: "p@ssw0rd-" + rng.choice(["prod", "stage", "db", "web"]) + rng.choice(["", digits(1, 2)]),
        lambda: templates.pick(rng, "lower", 3) + templates.pick(rng, "upper", 2) + mark() + templates.pick(rng, "alnum", 4),
        lambda: templates.pick(rng, "alnum", 5) + rng.choice("!@#$%&*") + templates.pick(rng, "alnum", 4),
        lambda: templates.pick(rng, "lower+digit", rng.randint(8, 12)),
        lambda: word.capitalize() + rng.choice("@#!") + digits(3),
        lambda: "-".join(rng.sample(WORDS, 3)),
        lambda: " ".join(rng.sample(WORDS, 3)).title().replace(" ", "") + mark(),
    ]
    return rng.choice(forms)()
