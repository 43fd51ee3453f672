"""Fakes with many tokens, a folder with a leak of them, and Stanch pointed at both: what the scripts here share.

Needs a built checkout (./stanch) and the JDK that it finds; nothing but the standard library.
"""
import json
import os
import pathlib
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

# With tokens that show their provider; two that list keys to find them, one that looks them up, two that take batches.
TWELVE = ("huggingface", "github:live-fine-grained", "gitlab", "buildkite", "openrouter", "slack", "elevenlabs", "doppler",
          "vercel", "linear", "openai", "anthropic")
# Where stores of theirs are, in the variables that writing to them reads.
STORES = {
    "github": lambda proxy: {"GITHUB_API_URL": proxy + "/api.github.com"},
    "gitlab": lambda proxy: {"CI_API_V4_URL": proxy + "/gitlab.com/api/v4"},
}
DESCRIPTORS = ROOT / "revokers/src/main/resources/dev/stanch/revokers/providers"


def jars():
    """The class path of the fakes: what Maven has put there."""
    fixtures = [path for path in (ROOT / "test-fixtures/target/fast/classes", ROOT / "test-fixtures/target/classes")
                if (path / "dev/stanch/fixtures/Fleet.class").exists()]
    if not fixtures:
        sys.exit("error: the fakes are not compiled\nhint: mvn -q -pl test-fixtures compile")
    newest = max(fixtures, key=lambda path: max(file.stat().st_mtime for file in path.rglob("*")))
    app = sorted((ROOT / "target/app").glob("*/stanch.jar"))
    return os.pathsep.join([str(newest), str(app[-1])])


def java():
    return (ROOT / "target/app/current").read_text().splitlines()[0]


def bases(provider, proxy):
    """The variables that point a provider at its fake, each base of it, and what they must say."""
    if provider == "huggingface":
        return {"HF_ENDPOINT": proxy}
    if provider == "aws":
        services = {"AWS_ENDPOINT_URL_" + service: f"{proxy}/{service.lower()}.amazonaws.com" for service in ("STS", "IAM")}
        return {**services, "AWS_ACCESS_KEY_ID": "AKIAFAKEOPERATOR1"}
    text = (DESCRIPTORS / (provider + ".yml")).read_text()
    block = re.search(r"^bases:\n((?: .*\n)+)", text, re.MULTILINE).group(1)
    variables = {}
    for name, url in re.findall(r"^  ([\w-]+):(?: {|\n    )url: https://([^ ,}\n]+)", block, re.MULTILINE):
        ours = provider if not variables else provider + "-" + name
        variables["STANCH_" + ours.upper().replace("-", "_") + "_URL"] = proxy + "/" + url
    return {**variables, **STORES.get(provider, lambda _: {})(proxy)}


class Postgres:
    """The installed server on a temporary folder, run by its package's user where we are root."""

    def __init__(self):
        tools = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        self.user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if not tools or self.user and subprocess.run(["id", "postgres"], capture_output=True).returncode:
            print("skipped: no PostgreSQL server is installed that this user can run")
            sys.exit(0)
        self.tools = tools[-1].parent
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="nothing-lost-postgres-"))
        if self.user:
            shutil.chown(self.folder, "postgres")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.tool("initdb", "-D", self.data(), "-A", "trust", "-U", "stanch", "--no-sync")
        self.start()
        self.url = f"jdbc:postgresql://127.0.0.1:{self.port}/postgres?user=stanch"

    def data(self):
        return str(self.folder / "data")

    def tool(self, name, *args, check=True):
        return subprocess.run([*self.user, str(self.tools / name), *args], cwd="/", check=check,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout

    def start(self):
        self.tool("pg_ctl", "-D", self.data(), "-w", "-l", str(self.folder / "log"), "-o",
                  f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder}", "start")

    def stop(self, mode="immediate"):
        self.tool("pg_ctl", "-D", self.data(), "-w", "-m", mode, "stop", check=False)

    def query(self, sql):
        return self.tool("psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "stanch", "-d", "postgres", "-At",
                         "-F", " ", "-c", sql, check=False)

    def cut(self):
        """Every connection of ours, as a network would."""
        self.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'stanch'")

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Site:
    """Fakes, tokens of theirs in files and for standard input, and a user's configuration.

    specs: what Fleet takes, such as huggingface=400@500/300.
    """

    def __init__(self, specs, stanch, seed=1, faults=False, postgres=None, prefix="response-"):
        self.command = stanch.split()
        subprocess.run([*self.command, "--version"], check=True, stdout=subprocess.DEVNULL)  # builds it
        self.random = random.Random(seed)
        self.postgres = postgres
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=prefix))
        for name in ("home/.config/stanch", "tmp", "leak", "out"):
            (self.folder / name).mkdir(parents=True)
        self.logs = []
        self.fleet = subprocess.Popen(
            [java(), "-Xmx700m", "-cp", jars(), "dev.stanch.fixtures.Fleet", str(seed), str(faults).lower(), *specs],
            stdout=subprocess.PIPE, text=True)
        self.told = json.loads(self.fleet.stdout.readline())
        self.environment = {
            "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "tmp"),
        }
        for name in ("JAVA_HOME", "PGPASSWORD", "STANCH_JAVA_OPTS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]
        for provider, proxy in self.told["bases"].items():
            self.environment.update(bases(provider, proxy))
        self.environment.update(self.told["variables"])
        self.ours = self.told["ours"]
        self.strangers = self.told["strangers"]
        self.tokens = self.ours + self.strangers
        self.collateral = []
        self.released = []  # what lets a response act on tokens of unknown owners
        self.steps = 0

    def control(self, path, **query):
        asked = f"{self.told['control']}/{path}" + ("?" + urllib.parse.urlencode(query) if query else "")
        with urllib.request.urlopen(asked) as answer:
            return json.load(answer)

    def lines(self, token):
        """A token as it stands in a file of settings, after what belongs to it."""
        provider = self.told["providers"].get(token)
        if not provider or provider == "huggingface":
            return f"token = {token}\n"
        name = provider.upper().replace("-", "_")
        parts = self.told["parts"].get(token, {})
        if provider == "aws":
            apart = "# another account's\n" * 20  # so that nobody takes its id for a neighbour's
            return f"{apart}AWS_ACCESS_KEY_ID={parts['id']}\nAWS_SECRET_ACCESS_KEY={token}\n{apart}"
        return f"{name}_TOKEN={token}\n"

    def leak(self, dumped):
        """Puts so many tokens into a dump for standard input, the others into files of 25."""
        tokens = list(self.tokens)
        # A few of every provider, to learn the owners' names.
        few = tokens[::max(1, len(tokens) // len(self.told["bases"]) // 2)]
        (self.folder / "sample").mkdir()
        (self.folder / "sample" / "few.env").write_text("".join(map(self.lines, few)))
        self.random.shuffle(tokens)
        self.dump = "".join(map(self.lines, tokens[:dumped]))
        for number in range(0, len(tokens) - dumped, 25):
            part = tokens[dumped:][number:number + 25]
            (self.folder / "leak" / f"file{number}.env").write_text("".join(self.lines(t) for t in part))

    def stanch(self, *args, stdin=None, wait=True, **variables):
        out = self.folder / "out" / f"{len(self.logs)}.txt"
        self.logs.append(out)
        with open(out, "wb") as sink:
            process = subprocess.Popen(
                [*self.command, *args], cwd=self.folder, env={**self.environment, **variables},
                stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL, stdout=sink, stderr=sink)
        if stdin is not None:
            try:
                process.stdin.write(stdin.encode())
                process.stdin.close()
            except BrokenPipeError:
                pass
        if wait:
            process.wait()
        return process

    def text(self):
        return self.logs[-1].read_text(errors="replace")

    def configure(self, canaries=(), more=()):
        """Every owner but the stranger and the canaries is us, and those whom no sample shows."""
        few = self.planned("dir:sample")
        owners = {step.get(name) for step in few["steps"] for name in ("owner", "tenant")}
        owners |= {step.get("owner") for step in few["steps"] if step["provider"] == "huggingface"}
        owners |= {f"acme-bot-{number}" for number in range(20)} | set(more)
        config = self.folder / "home/.config/stanch/config.yml"
        lists = {"owners": sorted(owners - {None, "stranger", *canaries}), "canaries": list(canaries)}
        config.write_text("".join(
            f"{name}:\n" + "".join(f"  - {json.dumps(entry)}\n" for entry in entries)
            for name, entries in lists.items() if entries))

    def planned(self, *sources, stdin=None):
        self.stanch("plan", "--quiet", "--format", "json", "--output", "plan.json", *sources, stdin=stdin)
        return json.loads((self.folder / "plan.json").read_text())

    def plan(self):
        """The plan of everything that was leaked."""
        plan = self.planned("dir:leak", "-", stdin=self.dump)
        self.steps = len(plan["steps"])
        self.collateral = [str(step["number"]) for step in plan["steps"] if step.get("collateral")]
        return plan

    def journal(self):
        return ["--journal", self.postgres.url] if self.postgres else []

    def apply(self, digest, interval, **how):
        (self.folder / "dump.spool").unlink(missing_ok=True)  # killed before anything was written
        collateral = ["--allow-collateral", ",".join(self.collateral)] if self.collateral else []
        return self.stanch(
            "respond", "--apply", "--plan", "plan.json", "--plan-hash", digest, "--spool", "dump.spool", *collateral,
            *self.released, "--proof-interval", str(interval), "--quiet", *self.journal(), "dir:leak", "-",
            stdin=self.dump, **how)

    def incident(self):
        self.stanch("incident", "list", *self.journal())
        words = self.text().split()
        return words[0] if words and words[0].startswith("i") else None

    def report(self, incident):
        self.stanch("incident", "show", incident, "--format", "json", *self.journal())
        text = self.text()
        return json.loads(text[text.index("{"):])

    def close(self):
        self.fleet.kill()
        if self.postgres:
            self.postgres.close()
