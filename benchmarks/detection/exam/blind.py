"""The blind set: services, styles, passwords and near misses of blind/, written by a hand that had not seen the rules."""

import base64
import json
import re
from pathlib import Path

from . import keys
from .corpus import Corpus
from .items import Mark
from .templates import b64url, crc_base62, pick, uuid4

FOLDER = Path(__file__).resolve().parent.parent / "blind"
CLASSES = {
    "l": "lower",
    "L": "alpha",
    "a": "lower+digit",
    "A": "alnum",
    "h": "hex",
    "H": "HEX",
    "U": "upper+digit",
    "d": "digit",
    "d1": "digit",
    "b": "base64",
    "u": "base64url",
    "c": 'lower+"234567"',
    "c2": "base32",
}
# Files in which the value is used with the service's host, and those that a connection string cannot stand in.
WITH_HOST = set("py3 js5 go4 php3 sh2 sh3 postman2 httpf".split())
NO_URL = WITH_HOST | set("go2 k8sdata csv comment sh4 xmlapp md2 sh1 hist docker systemd log".split())
URL = re.compile(r"^(https?|postgres|redis|mongodb|amqps|DefaultE|Endpoint|Server)")
WORDS = (
    "Sommer dragon Liverpool acme Thunder monkey Shadow Passw0rd Welcome Qwerty Winter Falcon pizza Berlin Tiger rocket "
    "Monitor letmein sunshine Changeit"
).split()


def lines(name):
    return [line for line in (FOLDER / name).read_text().splitlines() if line and line[0] != "#"]


def unescaped(text):
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t", "r": "\r"}.get(found.group(1), found.group(1)), text)


def expand(template, rng):
    """The template with every hole filled: `{h:32}`, `{uuid}`; `{|}` is nothing."""

    def fill(hole):
        what = hole.group(1)
        if what == "|":
            return ""
        if what == "uuid":
            return uuid4(rng)
        if what == "ghp":
            return crc_base62(rng, "ghp")
        if what == "pw":
            return rng.choice(["Hx7", "kQ9", "Zt3"]) + pick(rng, "alnum", 12)
        kind, count = what.split(":")
        text = pick(rng, CLASSES[kind], int(count))
        while kind in "bu" and len(text) > 2 and not (text[0].isalnum() and text[-1].isalnum()) or kind == "d1" and text[0] == "0":
            text = pick(rng, CLASSES[kind], int(count))
        return text

    text = re.sub(r"\{([a-zA-Z]\d?:\d+|uuid|ghp|pw|\|)\}", fill, template)
    return crc_base62(rng, "npm") if text.startswith("npm_") else text


# --- services --------------------------------------------------------------------------------------------------------


def styles():
    """(name, path, text) of every style."""
    found = []
    for line in (FOLDER / "styles.txt").read_text().splitlines():
        head = re.match(r"\[([a-z0-9_]+)\] (\S.*)", line)
        if head:
            found.append((head.group(1), head.group(2), []))
        elif found:
            found[-1][2].append(line)
    return [(name, path, "\n".join(body) + "\n") for name, path, body in found]


def names(variable):
    """What a style may call a variable and its two parts."""
    service, role = variable.lower().split("|")
    words = service.split("_"), role.split("_")
    camel = lambda parts: parts[0] + "".join(part.capitalize() for part in parts[1:])
    pascal = lambda parts: "".join(part.capitalize() for part in parts)
    whole = f"{service}_{role}"
    return {
        "V": whole.upper(),
        "snake": whole,
        "K": whole.replace("_", "-"),
        "dot": service.replace("_", ".") + "." + "-".join(words[1]),
        "svc": service,
        "role": role,
        "svcK": "-".join(words[0]),
        "roleK": "-".join(words[1]),
        "svcC": camel(words[0]),
        "roleC": camel(words[1]),
        "pascalSvc": pascal(words[0]),
        "pascalRole": pascal(words[1]),
        "camelSvcRole": camel(words[0] + words[1]),
        "pascalSvcRole": pascal(words[0] + words[1]),
    }


def service(corpus, group, row, choices):
    ids, variable, shape, host = row.split()
    rng = corpus.rng("blind", ids, variable, shape)
    value = expand(shape, rng).replace("User_Id", "User Id")
    while True:
        style, path, text = rng.choice(choices)
        if host == "-" and style in WITH_HOST | {"csv", "comment", "md2"} or URL.match(shape) and style in NO_URL:
            continue
        if style in WITH_HOST and group in ("observability", "databases", "payments") and "SECRET" in variable:
            continue
        break
    accepted = ids.split(",")
    own = bool(re.match(r"^[A-Za-z0-9_.-]{3,}", shape.split("{")[0]))
    mark = Mark("planted", group, value, provider=accepted[0], aliases=accepted[1:], own=own, source="docs")
    xml = value.replace("&", "&amp;").replace("<", "&lt;")
    shown = {"v": value, "v:xml": xml, "v:b64": base64.b64encode(value.encode()).decode()}
    known = names(variable) | {"host": "db.prod.internal" if host == "-" else host}

    def fill(hole):
        what = hole.group(1)
        return corpus.marks.wrap(mark, shown[what]) if what in shown else known[what]

    corpus.add(path, re.sub(r"@([A-Za-z]+(?::[a-z0-9]+)?)@", fill, text), style)


# --- passwords and other secrets -------------------------------------------------------------------------------------


def chosen(rng):
    word, other = rng.choice(WORDS), rng.choice(WORDS)
    return rng.choice(
        [
            f"{word}{rng.randint(1990, 2025)}!",
            f"{word}@{rng.randint(1, 999)}",
            f"{word.lower()}{rng.randint(10, 9999)}",
            f"{word}#{other}{rng.randint(1, 99)}",
            f"{word.lower()}_{other.lower()}{rng.randint(1, 99)}",
            f"{word.replace('o', '0').replace('e', '3')}{rng.randint(1, 99)}$",
            f"{word}.{rng.randint(100, 999)}.{other}",
            f"{rng.choice(['qwe', 'asd', 'zxc', '1qaz'])}{rng.randint(100, 99999)}{rng.choice('!@#')}",
            f"My{word}Is{other}{rng.randint(1, 9)}",
            f"{word.lower()}{other.lower()}",
            f"{word[:4].lower()}Db{rng.randint(2000, 2024)}",
        ]
    )


def password(corpus, number_of_line, line, turn):
    path, text = line.split("|", 1)
    text = unescaped(text)
    rng = corpus.rng("blind password", number_of_line, turn)
    value = chosen(rng) if rng.random() < 0.85 else pick(rng, "alnum", 12)
    # What the syntax of the place would break.
    if "@" in text and ("://" in text or "/<P>@" in text or "<P>@tcp" in text):
        value = value.replace("@", "-").replace("#", "_")
    if path.endswith((".sh", ".txt", ".bat", ".cfg", ".conf", ".cnf", ".ini")) and "'" not in text:
        value = value.replace("!", "").replace("$", "").replace("#", "-")
    if path.endswith((".yml", ".yaml")):
        value = value.replace("#", "-")
    if path.endswith(".pgpass"):
        value = value.replace(":", "")
    mark = Mark("planted", "passwords", value, source="docs")
    corpus.add(path, text.replace("<P>", corpus.marks.wrap(mark, value), 1).replace("<P>", value), "password")


def secret(kind, rng):
    if kind == "U":
        return uuid4(rng)
    if kind == "BASIC":
        return base64.b64encode(f"ci-bot:{pick(rng, 'alnum', 20)}".encode()).decode()
    if kind == "J":
        claims = {"sub": pick(rng, "alnum", 10), "iss": "https://sso.corp.io", "exp": 1999999999}
        return ".".join(
            b64url(part) for part in ('{"alg":"RS256","typ":"JWT"}', json.dumps(claims), rng.randbytes(256))
        )
    classes = {
        "H": "hex",
        "A": "alnum",
        "B": "alnum",
        "D": 'lower+digit+"!@#%^&*-_=+)"',
        "S": 'alnum+"./"',
        "P": 'alnum+"!@#%^&*()-_ []{}<>~`,.;:/?|"',
    }
    return pick(rng, classes[kind[0]], int(kind[1:]))


def generic(corpus, number_of_line, line):
    path, text = line.split("|", 1)
    rng = corpus.rng("blind generic", number_of_line)
    first = True

    def fill(hole):
        nonlocal first
        value = secret(hole.group(1), rng)
        if not first:
            return value
        first = False
        return corpus.marks.wrap(Mark("planted", "generic", value, source="docs"), value)

    corpus.add(path, re.sub(r"<([HABDSP]\d+|U|J|BASIC)>", fill, unescaped(text)), "generic")


def private_keys(corpus):
    rng = corpus.rng("blind keys")
    first, second = keys.rsa(rng), keys.rsa(rng)
    made = {
        "id_rsa": keys.pem("RSA PRIVATE KEY", keys.rsa_der(first)),
        "server.key": keys.pem("PRIVATE KEY", keys.pkcs8(keys.OID_RSA, keys.rsa_der(second))),
        "ec.pem": keys.pem("EC PRIVATE KEY", keys.ec_der(*keys.ec(rng))),
        "id_ed25519": keys.openssh(rng),
    }
    for name, pem in made.items():
        pem = pem.strip()
        account = {"type": "service_account", "project_id": "acme-prod", "private_key": "\0", "client_email": "svc@acme-prod.iam.gserviceaccount.com"}
        places = [
            (name, "\0\n", pem),
            ("main.go", "package main\nvar k = `\0`\n", pem),
            (".env", 'PRIVATE_KEY="\0"\n', pem.replace("\n", "\\n")),
            ("secret.yaml", "apiVersion: v1\nkind: Secret\nstringData:\n  tls.key: |\n    \0\n", pem.replace("\n", "\n    ")),
        ]
        if name == "server.key":
            places.append(("sa.json", json.dumps(account, indent=1).replace("\\u0000", "\0"), json.dumps(pem + "\n")[1:-1]))
        for path, text, shown in places:
            mark = Mark("planted", "keys", pem, own=True, source="docs")
            corpus.add(path, text.replace("\0", corpus.marks.wrap(mark, shown)), "key")


# --- near misses -----------------------------------------------------------------------------------------------------


def near(corpus, number_of_line, line):
    strict = line[0] != "?"
    path, text = line.lstrip("?").split("|", 1)
    text = unescaped(text)
    for turn in range(4 if re.search(r"\{[A-Za-z0-9]+:\d+\}|\{uuid\}", text) else 1):
        whole = expand(text, corpus.rng("blind near", number_of_line, turn))
        mark = Mark("near", "blind", whole.strip("\n"), strict=strict)
        corpus.add(f"src/{path}", corpus.marks.wrap(mark, whole.strip("\n")) + "\n", "near")


def generate(seed=1):
    corpus = Corpus(seed)
    choices, group = styles(), ""
    for row in lines("services.txt"):
        if row.startswith("["):
            group = row[1:-1]
        else:
            service(corpus, group, row, choices)
    for n, line in enumerate(lines("passwords.txt")):
        for turn in range(2):
            password(corpus, n, line, turn)
    for n, line in enumerate(lines("generic.txt")):
        generic(corpus, n, line)
    private_keys(corpus)
    for n, line in enumerate(lines("near.txt")):
        near(corpus, n, line)
    return corpus
