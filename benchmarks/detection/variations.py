#!/usr/bin/env python3
"""Writes a second corpus, for fitting alone: variations.py FOLDER [--seed N] [--files N]

The exam plants what its author thought of; a model fitted on it alone would know no other way. Here values, names, files
and places vary independently: passwords of every habit in every place, in tests and examples too, beside lines that only
look like them. Same form as the exam: tree/ and labels.jsonl.
"""

import argparse
import json
import random
import shutil
import string
from pathlib import Path

WORDS = """apple banana cherry dragon eagle falcon garden harbor island jungle kitten lemon mango night ocean panda
queen river sunny tiger umbrella violet winter yellow zebra shadow master sunshine flower soccer hockey ginger pepper
summer cookie silver golden purple orange buster maggie charlie michael jordan hunter daniel andrew joshua thomas robert
london paris berlin madrid oslo monkey coffee guitar pirate rocket castle thunder crystal phoenix matrix galaxy""".split()
SURROUND = "acme globex initech shop portal orders mail backup deploy jenkins admin root svc web db prod stage dev".split()
PASSWORD_NAMES = """password passwd pwd pass db_password DB_PASSWORD dbPassword db_pass userPassword adminPassword
admin_password ADMIN_PASS rootPassword MYSQL_ROOT_PASSWORD POSTGRES_PASSWORD PGPASSWORD redis_password smtp_password
mailPassword ftp_pass keystore_password storePassword keyPassword ldap_bind_password bindpw proxy_password passphrase
SSH_PASSWORD sudo_pass spring.datasource.password hibernate.connection.password jdbc.password login_password testPassword
new_password oldPassword default_password password1 password2 m_password _password strPassword""".split()
TOKEN_NAMES = """secret client_secret clientSecret SECRET_KEY secret_key secretKey app_secret api_key apiKey API_KEY
access_key accessKey access_token accessToken auth_token AUTH_TOKEN token refresh_token jwt_secret signing_key
encryption_key private_key consumer_secret webhook_secret session_secret bot_token service_key licenseKey salt psk""".split()
PLACES = """src/main/java/{} src/{} lib/{} app/{} config/{} conf/{} {} deploy/{} scripts/{} internal/{} server/{} pkg/{}""".split()
TESTS = "test/{} tests/{} src/test/java/{} spec/{} testdata/{} pkg/test_{} e2e/{} tests/fixtures/{}".split()
EXAMPLES = "examples/{} samples/{} docs/{} demo/{} doc/{}".split()

CODE = {
    "py": ["{n} = '{v}'", '{n} = "{v}"', "    self.{n} = '{v}'", "connect(host='db', {n}='{v}')", "    '{n}': '{v}',", "if {n} == '{v}':"],
    "java": ['    private static final String {n} = "{v}";', '    String {n} = "{v}";', '    props.setProperty("{n}", "{v}");', '    c.{n}("{v}");', '    map.put("{n}", "{v}");'],
    "js": ["const {n} = '{v}';", '  {n}: "{v}",', "  '{n}': '{v}',", "process.env.{n} || '{v}'", "let {n} = `{v}`;"],
    "go": ['\t{n} := "{v}"', '\t{n}: "{v}",', 'var {n} = "{v}"', '\tos.Setenv("{n}", "{v}")'],
    "rb": ["  {n} = '{v}'", "  :{n} => '{v}',", "  {n}: '{v}',"],
    "php": ["${n} = '{v}';", "define('{n}', '{v}');", "  '{n}' => '{v}',"],
    "cs": ['  var {n} = "{v}";', '  public string {n} = "{v}";'],
    "c": ['  const char *{n} = "{v}";', '#define {n} "{v}"'],
}
CONFIGURATION = {
    "yml": ["{n}: {v}", "  {n}: '{v}'", '    {n}: "{v}"', "  - {n}={v}", "  - name: {n}\n    value: {v}"],
    "properties": ["{n}={v}", "{n} = {v}"],
    "json": ['  "{n}": "{v}",'],
    "xml": ["  <{n}>{v}</{n}>", '  <property name="{n}" value="{v}"/>', '  <entry key="{n}">{v}</entry>', '  <add key="{n}" value="{v}" />'],
    "env": ["{n}={v}", "export {n}='{v}'", '{n}="{v}"'],
    "sh": ["{n}={v}", "export {n}={v}", "tool --{n} {v} --verbose", '{n}="{v}"'],
    "ini": ["{n} = {v}", "{n}={v}"],
    "md": ["    {n}={v}", "- {n}: `{v}`", "{n}: {v}"],
    "tf": ['  {n} = "{v}"'],
}


class Draw:
    def __init__(self, seed):
        self.r = random.Random(seed)

    def pick(self, some):
        return self.r.choice(some)

    def chars(self, alphabet, low, high):
        return "".join(self.r.choice(alphabet) for _ in range(self.r.randint(low, high)))

    def human(self):
        word = self.pick(WORDS)
        kind = self.r.random()
        if kind < 0.14:
            return self.chars(string.ascii_lowercase, 6, 11)
        if kind < 0.20:
            return self.chars(string.ascii_lowercase + string.digits, 6, 10)
        if kind < 0.28:
            return self.chars(string.ascii_letters + string.digits, 8, 16)
        if kind < 0.34:
            return self.chars(string.ascii_letters + string.digits + "!@#$%^*-_", 8, 18)
        if kind < 0.38:
            return self.chars(string.digits, 6, 8)
        if kind < 0.56:
            return word + self.chars(string.digits, 1, 4)
        if kind < 0.64:
            return word.capitalize() + self.chars(string.digits, 1, 4) + self.pick(["", "!", "#", "."])
        if kind < 0.70:
            return word.capitalize() + self.pick("@!#_-.$") + self.chars(string.digits, 2, 4)
        if kind < 0.76:
            return self.pick(SURROUND) + self.pick(["", "@", "_", "-"]) + self.chars(string.digits, 2, 4)
        if kind < 0.80:
            return word.replace("a", "@").replace("e", "3").replace("o", "0") + self.chars(string.digits, 0, 3)
        if kind < 0.86:
            return word + self.pick(["-", "_", ".", ""]) + self.pick(WORDS) + self.pick(["", "1", "99"])
        if kind < 0.93:
            return word
        return word.capitalize() + self.pick(WORDS).capitalize() + self.chars(string.digits, 0, 2)

    def random(self):
        alphabet = self.pick([string.ascii_letters + string.digits] * 3 + ["0123456789abcdef"] * 2 + [string.ascii_letters + string.digits + "-_", string.ascii_letters + string.digits + "+/", string.ascii_lowercase + string.digits])
        return self.chars(alphabet, *self.pick([(16, 20), (20, 24), (32, 32), (32, 44), (40, 40), (64, 64), (12, 16)]))

    def vector(self):
        """What a cipher's test computes or compares with."""
        return self.chars("0123456789abcdef", *self.pick([(32, 32), (64, 64), (64, 64), (96, 96), (128, 128)]))

    def harmless(self, name):
        """A value that is none, under a telling name."""
        word, other = self.pick(WORDS), self.pick(WORDS)
        plain = name.lower().strip("_$")
        return self.pick(
            [
                plain.replace("_", "-"),
                "user-" + plain,
                f"{word}_{plain}",
                f"{word}.{other}.{plain}",
                f"{word}.{other}",
                f"{word.capitalize()}{other.capitalize()}Provider",
                f"{word.capitalize()}{other.capitalize()}",
                f"{word.upper()}_{other.upper()}",
                f"{word.upper()}_{plain.upper()}",
                f"{word}-{other}-secret",
                f"/{word}/{other}",
                f"{word}.{other}()",
                f"get_{plain}()",
                "Enter your " + word,
                f"Invalid {word} or {other}",
                f"{word.capitalize()} {other}",
                f"${{{word.upper()}_{other.upper()}}}",
                f"${word.upper()}",
                "0x%04X" % self.r.randint(0, 65535),
                str(self.r.randint(0, 4000)),
                f"{word}{other.capitalize()}",
                f"#{word}-{other}",
                f"{word}_{other}_id",
                "required",
                "String",
                f"{word}[{other}]",
                f"{word}:{other}",
                f"kSec{word.capitalize()}{other.capitalize()}",
            ]
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=int, default=2500)
    options = parser.parse_args()
    draw = Draw(options.seed)
    tree = options.folder / "tree"
    if tree.exists():
        shutil.rmtree(tree)
    labels = []
    for i in range(options.files):
        code = draw.r.random() < 0.55
        ending = draw.pick(sorted(CODE if code else CONFIGURATION))
        forms = (CODE if code else CONFIGURATION)[ending]
        where = draw.r.random()
        place = draw.pick(TESTS if where < 0.22 else EXAMPLES if where < 0.34 else PLACES)
        path = f"p{i:04}/" + place.format(f"{draw.pick(WORDS)}.{ending}")
        lines = []
        for _ in range(draw.r.randint(1, 4)):
            right = draw.r.random() < 0.5
            password = draw.r.random() < 0.72
            name = draw.pick(PASSWORD_NAMES if password else TOKEN_NAMES)
            if ending not in ("properties", "xml", "yml", "json", "md"):
                name = name.replace(".", "_")
            value = (draw.human() if password else draw.random()) if right else draw.harmless(name)
            if not right and not password and place in TESTS and draw.r.random() < 0.6:
                value = draw.vector()
            form = draw.pick(forms)
            if not right and "'" not in form and '"' not in form and "`" not in form and code:
                continue
            lines.append((form.replace("{n}", name).replace("{v}", "\0"), value, right))
            if draw.r.random() < 0.5:
                lines.append((f"# {draw.pick(WORDS)} {draw.pick(WORDS)}" if ending in ("py", "rb", "yml", "sh", "env", "ini", "properties", "tf") else "", "", False))
        text = ""
        for line, value, right in lines:
            at = line.find("\0")
            if at >= 0:
                labels.append({"file": path, "offset": len(text) + at, "text": value, "kind": "planted" if right else "near", "strict": True})
            text += line.replace("\0", value) + "\n"
        target = tree / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    with open(options.folder / "labels.jsonl", "w", encoding="utf-8") as out:
        for label in labels:
            out.write(json.dumps(label) + "\n")
    print(f"{options.files} files, {len(labels)} lines labelled")


if __name__ == "__main__":
    main()
