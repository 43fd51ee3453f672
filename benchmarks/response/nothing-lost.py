#!/usr/bin/env python3
"""Kills a response again and again and looks whether anything is lost.

Fakes of several providers issue tokens, most of them ours, some a stranger's; some lie in files, some come by
standard input. A response is begun and killed (SIGKILL) at random instants, gone on with, and killed again. In the
end every token of ours must be dead or switched off, every stranger's live, and the journal whole; no token may stand
anywhere but where it was put.

  nothing-lost.py [--tokens 200] [--kills 10] [--faults] [--processes 1] [--journal URL] [--seed 1] [--minutes 60]
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
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DESCRIPTORS = ROOT / "revokers/src/main/resources/dev/stanch/revokers/providers"


def jars():
    """The class path of the fakes: what Maven has put there."""
    fixtures = [path for path in (ROOT / "test-fixtures/target/fast/classes", ROOT / "test-fixtures/target/classes")
                if (path / "dev/stanch/fixtures/Fleet.class").exists()]
    if not fixtures:
        sys.exit("error: the fakes are not compiled\nhint: mvn -q -pl test-fixtures compile")
    app = sorted((ROOT / "target/app").glob("*/stanch.jar"))
    return os.pathsep.join([str(max(fixtures, key=lambda path: path.stat().st_mtime)), str(app[-1])])


def java():
    return (ROOT / "target/app/current").read_text().splitlines()[0]


def base(provider, proxy):
    """The variable that points a provider at its fake, and what it must say."""
    if provider == "huggingface":
        return "HF_ENDPOINT", proxy
    text = (DESCRIPTORS / (provider + ".yml")).read_text()
    url = re.search(r"url: https://([^ ,}]+)", text).group(1)
    return "STANCH_" + provider.upper().replace("-", "_") + "_URL", proxy + "/" + url


class Run:
    def __init__(self, options):
        self.options = options
        self.random = random.Random(options.seed)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="nothing-lost-"))
        self.kills = collections.Counter()
        self.logs = []
        self.begun = time.time()

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
        self.environment.update(dict(base(provider, proxy) for provider, proxy in self.told["bases"].items()))
        self.environment.update(self.told["variables"])
        for name in ("home/.config/stanch", "tmp", "leak", "out"):
            (self.folder / name).mkdir(parents=True)

    def leak(self):
        tokens = self.told["ours"] + self.told["strangers"]
        self.random.shuffle(tokens)
        cut = len(tokens) // 10
        self.dump = "".join(f"key = {token}\n" for token in tokens[:cut])
        for number in range(0, len(tokens) - cut, 25):
            part = tokens[cut:][number:number + 25]
            (self.folder / "leak" / f"file{number}.env").write_text("".join(f"token = {t}\n" for t in part))

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
        """Plans once to learn the owners' names, then with all but the stranger's as ours."""
        config = self.folder / "home/.config/stanch/config.yml"
        for _ in range(2):
            self.stanch("plan", "--quiet", "--format", "json", "--output", "plan.json", "dir:leak", "-", stdin=self.dump)
            plan = json.loads((self.folder / "plan.json").read_text())
            owners = {step.get("owner") or step.get("tenant") for step in plan["steps"]} - {None, "stranger"}
            config.write_text("owners:\n" + "".join(f"  - {json.dumps(owner)}\n" for owner in sorted(owners)))
        self.steps = len(plan["steps"])
        return plan["hash"]

    def journal(self):
        return ["--journal", self.options.journal] if self.options.journal else []

    def states(self):
        """How the steps stand at this instant, straight from the file."""
        if self.options.journal:
            return {}
        file = self.folder / "home/.local/state/stanch/journal.db"
        try:
            with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5) as database:
                return dict(database.execute("SELECT state, COUNT(*) FROM stanch_step GROUP BY state"))
        except sqlite3.Error:
            return {}

    def respond(self):
        digest = self.plan()
        run = ["--proof-interval", "1", "--quiet", *self.journal()]
        first = ["respond", "--apply", "--plan", "plan.json", "--plan-hash", digest, "--spool", "dump.spool", *run,
                 "dir:leak", "-"]
        process = self.stanch(*first, stdin=self.dump, wait=False)
        killed = 0
        incident = None
        while time.time() - self.begun < self.options.minutes * 60:
            delay = self.random.uniform(0.2, self.options.longest) if killed < self.options.kills else 3600
            others = [process]
            if incident:
                others += [self.stanch("incident", "resume", incident, *run, wait=False)
                           for _ in range(self.options.processes - 1)]
            try:
                process.wait(delay)
                for other in others[1:]:
                    other.wait()
                code = process.returncode
            except subprocess.TimeoutExpired:
                for other in others:
                    other.send_signal(signal.SIGKILL)
                for other in others:
                    other.wait()
                killed += 1
                for state in self.states():
                    self.kills[state] += 1
                code = None
            incident = incident or self.incident()
            if incident is None:  # killed before anything was written: begin again
                (self.folder / "dump.spool").unlink(missing_ok=True)
                process = self.stanch(*first, stdin=self.dump, wait=False)
                continue
            if code is not None and self.left(incident) == 0:
                break
            process = self.stanch("incident", "resume", incident, *run, wait=False)
        self.killed = killed
        return incident

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
        leaks = self.search()
        if leaks:
            problems.append(f"tokens stand in {leaks[:5]}")
        return problems

    def search(self):
        """Every token, raw and encoded, in everything that was written but for the leak itself."""
        needles = {}
        for token in self.told["ours"] + self.told["strangers"]:
            raw = token.encode()
            for form in (raw, base64.b64encode(raw)[:-4], urllib.parse.quote(token).encode(), raw.hex().encode()):
                needles[form[4:20]] = form
        found = []
        for path in self.folder.rglob("*"):
            if path.is_file() and "leak" not in path.relative_to(self.folder).parts:
                data = path.read_bytes()
                windows = {data[i:i + 16] for i in range(len(data) - 15)} if len(data) < 4_000_000 else None
                for key, form in needles.items():
                    if (windows is None or key in windows) and form in data:
                        found.append(str(path.relative_to(self.folder)))
                        break
        return found

    def report(self, problems):
        took = time.time() - self.begun
        print(f"{self.steps} tokens over {len(self.told['bases'])} providers, {self.killed} kills, {took:.0f} s, seed "
              f"{self.options.seed}")
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
    parser.add_argument("--journal", default="")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--providers", default="huggingface,buildkite,openrouter,slack")
    parser.add_argument("--stanch", default=str(ROOT / "stanch"))
    run = Run(parser.parse_args())
    subprocess.run([*run.options.stanch.split(), "--version"], check=True, stdout=subprocess.DEVNULL)  # builds it
    run.start_fakes()
    try:
        run.leak()
        incident = run.respond()
        problems = run.verdict(incident) if incident else ["no incident was ever written"]
        run.report(problems)
        if not problems:
            shutil.rmtree(run.folder)
        sys.exit(1 if problems else 0)
    finally:
        run.fleet.kill()


if __name__ == "__main__":
    main()
