"""Draws what is planted and writes the files: the same seed gives the same corpus, byte for byte."""

import random
import re
from pathlib import Path

from . import assignments, calls, connections, generic, habits, keys, nearmiss, passwords
from .items import CLOSE, MIDDLE, OPEN, Marks, read_services

SERVICES = Path(__file__).resolve().parent.parent / "services"
MARKED = re.compile(f"{OPEN}([0-9]+){MIDDLE}(.*?){CLOSE}", re.DOTALL)

HEADS = "orders billing shop invoice catalog search media ledger auth mail crm fleet booking ticket survey report".split()
TAILS = "api web worker infra app service jobs admin mobile backend portal tools bot site".split()

# How many files or entries of each sort; services come twice a row of services/*.txt.
PER_SERVICE_ROW = 2
GENERIC, GENERIC_PLACES = 170, 60
PASSWORDS, PASSWORD_PLACES = 150, 270
CONNECTIONS_PER_ENGINE = 7
PRIVATE_KEYS, OTHER_KEYS, LOGIN_FILES, SERVICE_ACCOUNTS = 60, 45, 60, 8
LITERALS, REFERENCES, NEAR_FILES_EACH = 420, 110, 5
HABIT_TURNS = 2


class Corpus:
    """Files and labels, in memory."""

    def __init__(self, seed):
        self.seed = seed
        self.files = {}
        self.labels = []
        self.marks = Marks()
        self.projects = 0

    def rng(self, *names):
        """A random source of its own for each thing drawn, so that a new row does not reshuffle the others."""
        return random.Random("/".join([str(self.seed), *map(str, names)]))

    def add(self, path, text, style):
        rng = self.rng("project", self.projects)
        project = f"{rng.choice(HEADS)}-{rng.choice(TAILS)}-{self.projects:04d}"
        self.projects += 1
        self.files[f"{project}/{path}"] = self.resolve(f"{project}/{path}", text, style)

    def resolve(self, path, text, style):
        """Takes the marks out of a file's text and notes where they were."""
        text = text.replace("\ue003", "@")
        clean, last, offset = [], 0, 0
        line, column = 1, 1

        def pass_over(piece):
            nonlocal line, column, offset
            clean.append(piece)
            offset += len(piece.encode())
            breaks = piece.count("\n")
            line += breaks
            column = len(piece) - piece.rfind("\n") if breaks else column + len(piece)

        for found in MARKED.finditer(text):
            pass_over(text[last : found.start()])
            mark, shown = self.marks.all[int(found.group(1))], found.group(2)
            label = {
                "id": len(self.labels),
                "kind": mark.kind,
                "group": mark.group,
                "file": path,
                "line": line,
                "column": column,
                "offset": offset,
            }
            pass_over(shown)
            label.update({"endLine": line, "endColumn": column, "length": len(shown.encode()), "text": shown, "value": mark.value})
            if mark.kind == "planted":
                label.update({"provider": mark.provider, "aliases": mark.aliases, "own": mark.own, "source": mark.source})
            elif mark.kind == "near":
                label["strict"] = mark.strict
            label["style"] = style
            self.labels.append(label)
            last = found.end()
        pass_over(text[last:])
        return "".join(clean)


def in_files(corpus, name, entries, mixed):
    """Spreads entries over files of every style in turn; some get neighbours that are no secrets."""
    styles, turn = [], 0
    while entries:
        rng = corpus.rng(name, turn)
        turn += 1
        if not styles:
            styles = list(assignments.STYLES)
            corpus.rng(name, "styles", turn).shuffle(styles)
        style = styles.pop()
        together, names = [], set()
        for _ in range(rng.choice([1, 1, 2, 2, 3, 4])):
            if len(together) >= style.most or not entries:
                break
            if entries[-1].name in names:
                break
            together.append(entries.pop())
            names.add(together[-1].name)
        if mixed and rng.random() < 0.45:
            for _ in range(min(rng.randint(1, 2), style.most - len(together))):
                other = nearmiss.literal(rng)
                if other.name not in names:
                    names.add(other.name)
                    together.insert(rng.randint(0, len(together)), other)
        path, text = style.write(rng, together, corpus.marks)
        corpus.add(path, text, style.name)


def generate(seed=1):
    corpus = Corpus(seed)
    assigned = []
    for kind in read_services(SERVICES):
        for turn in range(PER_SERVICE_ROW):
            rng = corpus.rng(kind.slug, kind.names[0], kind.shape, turn)
            entry = kind.entry(rng)
            draw = rng.random()
            if kind.use and draw < 0.30:
                corpus.add(*calls.write(rng, entry, corpus.marks))
            elif draw < 0.37:
                path, text = assignments.sections(rng, [entry], corpus.marks)
                corpus.add(path, text, "section")
            elif draw < 0.45:
                path, text = assignments.sdk(rng, [entry], corpus.marks)
                corpus.add(path, text, "sdk")
            else:
                assigned.append(entry)
    corpus.rng("order").shuffle(assigned)
    in_files(corpus, "services", assigned, mixed=True)

    in_files(corpus, "generic", [generic.entry_for(corpus.rng("generic", n)) for n in range(GENERIC)], mixed=True)
    for n in range(GENERIC_PLACES):
        corpus.add(*generic.special(corpus.rng("generic-place", n), corpus.marks))

    in_files(corpus, "passwords", [passwords.entry_for(corpus.rng("password", n)) for n in range(PASSWORDS)], mixed=True)
    for n in range(PASSWORD_PLACES):
        corpus.add(*passwords.special(corpus.rng("password-place", n), corpus.marks))

    for engine in connections.ENGINES:
        for n in range(CONNECTIONS_PER_ENGINE):
            corpus.add(*connections.write(corpus.rng("connection", engine[0], n), engine, corpus.marks))

    pool = keys.make_pool(corpus.rng("pool"))
    for maker, count in (
        (keys.write_key, PRIVATE_KEYS),
        (keys.write_other, OTHER_KEYS),
        (keys.write_service_account, SERVICE_ACCOUNTS),
    ):
        for n in range(count):
            corpus.add(*maker(corpus.rng(maker.__name__, n), pool, corpus.marks))
    for n in range(LOGIN_FILES):
        corpus.add(*keys.write_login_file(corpus.rng("login", n), corpus.marks))

    in_files(corpus, "literals", [nearmiss.literal(corpus.rng("literal", n)) for n in range(LITERALS)], mixed=False)
    for n in range(REFERENCES):
        corpus.add(*nearmiss.references(corpus.rng("reference", n), corpus.marks))
    for make in nearmiss.FILES:
        for n in range(NEAR_FILES_EACH):
            corpus.add(*nearmiss.write(corpus.rng(make.__name__, n), make, corpus.marks))

    for turn in range(HABIT_TURNS):
        for file in habits.files(corpus.rng("habits", turn), corpus.marks):
            corpus.add(*file)
    return corpus
