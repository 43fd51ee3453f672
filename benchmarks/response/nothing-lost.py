#!/usr/bin/env python3
"""Kills a response again and again and looks whether anything is lost.

Fakes of several providers issue tokens, most of them ours, some a stranger's; some lie in files, some come by
standard input. A response is begun and killed (SIGKILL) whenever steps stand in the state that was hit least so far, gone on
with, and killed again; with several processes some are stopped (SIGSTOP) for a while and the database's connections
are cut. In the end every token of ours must be dead or switched off, every stranger's live, and the journal whole; no token may stand
anywhere but where it was put.

  nothing-lost.py [--tokens 200] [--kills 10] [--faults] [--processes 1] [--postgres] [--seed 1] [--minutes 60]
                  [--providers huggingface,buildkite,...] [--stanch COMMAND]

Needs a built checkout (./stanch) and the JDK that it finds; nothing but the standard library.
"""
import argparse
import base64
import collections
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

# The states that a step is in while a run works, the shortest ones too, and how often a run may change nothing.
ON_THE_WAY = ("planned", "intent", "called", "contained", "dead")
IDLE = 3

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
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
    text = (DESCRIPTORS / (provider + ".yml")).read_text()
    block = re.search(r"^bases:\n((?: .*\n)+)", text, re.MULTILINE).group(1)
    variables = {}
    for name, url in re.findall(r"^  ([\w-]+):(?: {|\n    )url: https://([^ ,}\n]+)", block, re.MULTILINE):
        ours = provider if not variables else provider + "-" + name
        variables["STANCH_" + ours.upper().replace("-", "_") + "_URL"] = proxy + "/" + url
    return variables


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
        data = str(self.folder / "data")
        self.tool("initdb", "-D", data, "-A", "trust", "-U", "stanch", "--no-sync")
        self.tool("pg_ctl", "-D", data, "-w", "-l", str(self.folder / "log"), "-o",
                  f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder}", "start")
        self.url = f"jdbc:postgresql://127.0.0.1:{self.port}/postgres?user=stanch"

    def tool(self, name, *args, check=True):
        return subprocess.run([*self.user, str(self.tools / name), *args], cwd="/", check=check,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout

    def query(self, sql):
        return self.tool("psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "stanch", "-d", "postgres", "-At",
                         "-F", " ", "-c", sql, check=False)

    def cut(self):
        """Every connection of ours, as a network would."""
        self.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'stanch'")

    def close(self):
        self.tool("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)


class Run:
    def __init__(self, options):
        self.options = options
        self.random = random.Random(options.seed)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="nothing-lost-"))
        self.kills = collections.Counter()
        self.logs = []
        self.begun = time.time()
        self.postgres = Postgres() if options.postgres else None
        self.stops = self.cuts = 0
        self.seen_by_ps = []
        self.done = threading.Event()

    def start_fakes(self):
        ids = self.options.providers.split(",")
        faults = "1" if self.options.faults else "1e-9"
        self.fleet = subprocess.Popen(
            [java(), "-cp", jars(), "dev.stanch.fixtures.Fleet", str(self.options.seed), str(self.options.tokens), faults]
            + ids, stdout=subprocess.PIPE, text=True)
        self.told = json.loads(self.fleet.stdout.readline())
        self.environment = {
            "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "tmp"), "PGPASSWORD": os.environ.get("PGPASSWORD", ""),
        }
        if "JAVA_HOME" in os.environ:
            self.environment["JAVA_HOME"] = os.environ["JAVA_HOME"]
        for provider, proxy in self.told["bases"].items():
            self.environment.update(bases(provider, proxy))
        self.environment.update(self.told["variables"])
        self.tokens = self.told["ours"] + self.told["strangers"]
        for name in ("home/.config/stanch", "tmp", "leak", "out"):
            (self.folder / name).mkdir(parents=True)

    def leak(self):
        tokens = list(self.tokens)
        # A few of every provider, to learn the owners' names.
        few = tokens[::max(1, len(tokens) // len(self.told["bases"]) // 2)]
        (self.folder / "sample").mkdir()
        (self.folder / "sample" / "few.env").write_text("".join(f"token = {token}\n" for token in few))
        self.random.shuffle(tokens)
        cut = len(tokens) // 10
        self.dump = "".join(f"key = {token}\n" for token in tokens[:cut])
        for number in range(0, len(tokens) - cut, 25):
            part = tokens[cut:][number:number + 25]
            (self.folder / "leak" / f"file{number}.env").write_text("".join(f"token = {t}\n" for t in part))

    def watch_arguments(self):
        """What every user of the machine sees of the others' processes, again and again."""
        while not self.done.wait(0.3):
            listed = subprocess.run(["ps", "axeww", "-o", "args"], capture_output=True).stdout
            # The operator's own credentials stand in the environment by design; found tokens must not.
            self.seen_by_ps += [token[:12] for token in self.tokens if token.encode() in listed]

    def stanch(self, *args, stdin=None, wait=True):
        out = self.folder / "out" / f"{len(self.logs)}.txt"
        self.logs.append(out)
        with open(out, "wb") as sink:
            process = subprocess.Popen(
                [*self.options.stanch.split(), *args], cwd=self.folder, env=self.environment,
                stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL, stdout=sink, stderr=sink)
        if stdin is not None:
            process.stdin.write(stdin.encode())
            process.stdin.close()
        if wait:
            process.wait()
        return process

    def text(self):
        return self.logs[-1].read_text(errors="replace")

    def plan(self):
        """Plans a few to learn the owners' names, then all, with every owner but the stranger as ours."""
        few = self.planned("dir:sample")
        owners = {step.get(name) for step in few["steps"] for name in ("owner", "tenant")} - {None, "stranger"}
        config = self.folder / "home/.config/stanch/config.yml"
        config.write_text("owners:\n" + "".join(f"  - {json.dumps(owner)}\n" for owner in sorted(owners)))
        plan = self.planned("dir:leak", "-", stdin=self.dump)
        self.steps = len(plan["steps"])
        self.collateral = [str(step["number"]) for step in plan["steps"] if step.get("collateral")]
        return plan["hash"]

    def planned(self, *sources, stdin=None):
        self.stanch("plan", "--quiet", "--format", "json", "--output", "plan.json", *sources, stdin=stdin)
        return json.loads((self.folder / "plan.json").read_text())

    def journal(self):
        return ["--journal", self.postgres.url] if self.postgres else []

    def states(self):
        """How the steps stand at this instant, straight from the journal."""
        sql = "SELECT state, COUNT(*) FROM stanch_step GROUP BY state"
        if self.postgres:
            return dict(line.split(" ") for line in self.postgres.query(sql).splitlines())
        file = self.folder / "home/.local/state/stanch/journal.db"
        try:
            database = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5)
            try:
                return dict(database.execute(sql))
            finally:
                database.close()
        except sqlite3.Error:
            return {}

    def until_killed(self, processes):
        """Waits for a state that was hit least, or some random time; false when all ended by themselves."""
        latest = time.time() + self.random.uniform(1, self.options.longest)
        wanted = min(ON_THE_WAY, key=lambda state: (self.kills[state], self.random.random()))
        while any(process.poll() is None for process in processes):
            if wanted in self.states() or time.time() > latest:
                return True
            time.sleep(0.01)
        return False

    def disturb(self, processes):
        """Stops one process for a while, and cuts the connections of all."""
        if len(processes) > 1:
            stopped = self.random.choice(processes)
            if stopped.poll() is None:
                stopped.send_signal(signal.SIGSTOP)
                self.stops += 1
                time.sleep(self.random.uniform(0.2, 2))
                stopped.send_signal(signal.SIGCONT)
            if self.postgres and self.random.random() < 0.5:
                self.postgres.cut()
                self.cuts += 1

    def respond(self):
        digest = self.plan()
        run = ["--proof-interval", "1", "--quiet", *self.journal()]
        collateral = ["--allow-collateral", ",".join(self.collateral)] if self.collateral else []
        first = ["respond", "--apply", "--plan", "plan.json", "--plan-hash", digest, "--spool", "dump.spool",
                 *collateral, *run, "dir:leak", "-"]
        self.killed = idle = 0
        before = incident = None
        while time.time() - self.begun < self.options.minutes * 60 and idle < IDLE:
            if incident is None:
                (self.folder / "dump.spool").unlink(missing_ok=True)  # killed before anything was written
                processes = [self.stanch(*first, stdin=self.dump, wait=False)]
            else:
                processes = [self.stanch("incident", "resume", incident, *run, wait=False)
                             for _ in range(self.options.processes)]
            if self.killed < self.options.kills and self.until_killed(processes):
                self.disturb(processes)
                for state in self.kill(processes):
                    self.kills[state] += 1
                self.killed += 1
                incident = incident or self.incident()
                continue
            for process in processes:
                process.wait()
            incident = incident or self.incident()
            left = self.left(incident) if incident else None
            if left == 0:
                break
            idle = idle + 1 if left == before else 0
            before = left
        return incident

    def kill(self, processes):
        """Kills all but what ended already, and tells the states that were hit."""
        for process in processes:
            process.send_signal(signal.SIGKILL)
        for process in processes:
            process.wait()
        return self.states()

    def incident(self):
        self.stanch("incident", "list", *self.journal())
        words = self.text().split()
        return words[0] if words and words[0].startswith("i") else None

    def left(self, incident):
        self.stanch("incident", "show", incident, "--format", "json", *self.journal())
        text = self.text()
        report = json.loads(text[text.index("{"):])
        return sum(step["now"]["state"] not in ("dead", "spared", "contained", "withheld") for step in report["steps"])

    def verdict(self, incident):
        with urllib.request.urlopen(self.told["state"]) as answer:
            states = json.load(answer)
        problems = []
        lost = [token for token in self.told["ours"] if states[token] == "live"]
        hurt = [token for token in self.told["strangers"] if states[token] != "live"]
        if lost:
            problems.append(f"{len(lost)} of ours are live")
        if hurt:
            problems.append(f"{len(hurt)} of a stranger's are not")
        check = self.stanch("incident", "show", "--check", incident, *self.journal())
        if "the journal is whole" not in self.text():
            problems.append(f"the journal is not whole (exit {check.returncode})")
        if self.steps != len(self.told["ours"] + self.told["strangers"]):
            problems.append(f"the plan has {self.steps} steps")
        problems += self.done_twice(incident)
        leaks = self.search()
        if leaks:
            problems.append(f"tokens stand in {leaks[:5]}")
        if self.seen_by_ps:
            problems.append(f"tokens stood in the process list: {sorted(set(self.seen_by_ps))[:5]}")
        return problems

    def done_twice(self, incident):
        """No call after the proof, and no second call while nobody had asked what became of the first."""
        self.stanch("incident", "export", incident, *self.journal())
        at = {}
        problems = []
        for line in self.text().splitlines():
            entry = json.loads(line) if line.startswith("{") else {}
            state = (entry.get("to") or entry.get("state") or {}).get("state")
            if state is None:
                continue
            before = at.get(entry["step"])
            if state == "intent" and before not in ("planned", None):
                problems.append(f"step {entry['step']} was called again in state {before}")
            at[entry["step"]] = state
        if len(at) != self.steps:
            problems.append(f"the journal tells of {len(at)} steps")
        return problems

    def search(self):
        """Every token, raw and encoded, in everything that was written but for the leak itself."""
        needles = {}
        for token in self.tokens:
            raw = token.encode()
            for form in (raw, base64.b64encode(raw)[:-4], urllib.parse.quote(token).encode(), raw.hex().encode()):
                needles[form[4:20]] = form
        found = []
        for path in self.folder.rglob("*"):
            if path.is_file() and not {"leak", "sample"} & set(path.relative_to(self.folder).parts):
                data = path.read_bytes()
                windows = {data[i:i + 16] for i in range(len(data) - 15)} if len(data) < 4_000_000 else None
                for key, form in needles.items():
                    if (windows is None or key in windows) and form in data:
                        found.append(str(path.relative_to(self.folder)))
                        break
        return found

    def report(self, problems):
        took = time.time() - self.begun
        print(f"{self.steps} tokens over {len(self.told['bases'])} providers, {self.killed} kills, {self.stops} stops, {self.cuts} "
              f"cuts, {took:.0f} s, seed {self.options.seed}")
        for state, count in sorted(self.kills.items()):
            print(f"  killed with steps in {state:<17} {count}")
        for problem in problems:
            print("LOST: " + problem)
        print("nothing lost" if not problems else f"kept: {self.folder}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tokens", type=int, default=200)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--longest", type=float, default=8, help="seconds between two kills at the most")
    parser.add_argument("--faults", action="store_true", help="10 %% 429, 5 %% 503, 2 %% cut connections")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--postgres", action="store_true", help="the journal in the installed server, started for it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--providers", default="huggingface,buildkite,openrouter,slack,elevenlabs")
    parser.add_argument("--stanch", default=str(ROOT / "stanch"))
    run = Run(parser.parse_args())
    subprocess.run([*run.options.stanch.split(), "--version"], check=True, stdout=subprocess.DEVNULL)  # builds it
    run.start_fakes()
    try:
        run.leak()
        threading.Thread(target=run.watch_arguments, daemon=True).start()
        incident = run.respond()
        problems = run.verdict(incident) if incident else ["no incident was ever written"]
        run.report(problems)
        if not problems:
            shutil.rmtree(run.folder)
        sys.exit(1 if problems else 0)
    finally:
        run.done.set()
        run.fleet.kill()
        if run.postgres:
            run.postgres.close()


if __name__ == "__main__":
    main()
