"""Runs that are killed again and again: how the scripts beside this one wait for a state, kill, disturb and look."""
import argparse
import base64
import collections
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.parse

from fleet import ROOT

SLICE = 1 << 20
EARLY = 2  # kills before there is an incident
FAKETIME = [str(path) for path in sorted(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))]


class Kills:
    """A site, whose runs are killed whenever steps stand in the state that was hit least so far.

    on_the_way: the states that a step is in while a run works, the shortest ones too.
    """

    def __init__(self, site, options, on_the_way):
        self.site = site
        self.options = options
        self.on_the_way = on_the_way
        self.random = site.random
        self.kills = collections.Counter()
        self.begun = time.time()
        self.killed = self.stops = self.cuts = 0
        self.seen_by_ps = []
        self.done = threading.Event()

    def watch_arguments(self):
        """What every user of the machine sees of the others' processes, again and again."""
        tokens = {token.encode()[4:20]: token.encode() for token in self.site.tokens}
        while not self.done.wait(0.5):
            listed = subprocess.run(["ps", "axeww", "-o", "args"], capture_output=True).stdout
            # The operator's own credentials stand in the environment by design; found tokens must not.
            windows = {listed[i:i + 16] for i in range(len(listed) - 15)}
            self.seen_by_ps += [tokens[hit][:12] for hit in tokens.keys() & windows if tokens[hit] in listed]

    def states(self):
        """How the steps stand at this instant, straight from the journal."""
        return {row[0]: int(row[1]) for row in self.asked("SELECT state, COUNT(*) FROM stanch_step GROUP BY state")}

    def written(self):
        """How many entries the journal has."""
        return next((int(row[0]) for row in self.asked("SELECT head_seq FROM stanch_incident")), 0)

    def asked(self, sql):
        if self.site.postgres:
            return [line.split(" ") for line in self.site.postgres.query(sql).splitlines()]
        file = self.site.folder / "home/.local/state/stanch/journal.db"
        try:
            database = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5)
            try:
                return list(database.execute(sql))
            finally:
                database.close()
        except sqlite3.Error:
            return []

    def until_killed(self, processes):
        """Waits until some work was done, and then for a state that was hit least; false when all ended by themselves.

        One life in ten is ended at a random moment instead, mostly before it does anything.
        """
        before, worked = self.written(), self.random.randint(1, 25)
        early = self.random.random() < 0.1
        latest = time.time() + (self.random.uniform(0.2, 3) if early else self.options.longest)
        wanted = min(self.on_the_way, key=lambda state: (self.kills[state], self.random.random()))
        while any(process.poll() is None for process in processes):
            if time.time() > latest or self.written() >= before + worked and wanted in self.states():
                return True
            time.sleep(0.01 if not self.site.postgres else 0.1)
        return False

    def until_begun(self, process):
        while process.poll() is None and not self.states():
            time.sleep(0.05)

    def how(self):
        return ["--proof-interval", "1", "--quiet", *self.site.journal()]

    def disturb(self, processes):
        """Stops one process for a while, and cuts the connections of all."""
        if len(processes) > 1:
            stopped = self.random.choice(processes)
            if stopped.poll() is None:
                stopped.send_signal(signal.SIGSTOP)
                self.stops += 1
                time.sleep(self.random.uniform(0.2, 2))
                stopped.send_signal(signal.SIGCONT)
            if self.site.postgres and self.random.random() < 0.5:
                self.site.postgres.cut()
                self.cuts += 1

    def begin(self, incident):
        if incident is None:
            return [self.site.apply(self.digest, 1, wait=False)]
        processes = []
        for number in range(self.options.processes):
            # Not by its command, which would stand between us and the process that is to be killed.
            clock = {"LD_PRELOAD": FAKETIME[0], "FAKETIME": "+1h" if number % 2 else "-1h",
                     "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_FORCE_MONOTONIC_FIX": "0"} if self.options.skew else {}
            processes.append(self.site.stanch("incident", "resume", incident, *self.how(), wait=False, **clock))
        return processes

    def kill(self, processes):
        """Kills all but what ended already, and tells the states that were hit."""
        for process in processes:
            process.send_signal(signal.SIGKILL)
        for process in processes:
            process.wait()
        return self.states()

    def search(self):
        """Every token, raw and encoded, in everything that was written but for the leak itself."""
        needles = {}
        for token in self.site.tokens:
            raw = token.encode()
            for form in (raw, base64.b64encode(raw)[:-4], urllib.parse.quote(token).encode(), raw.hex().encode()):
                needles[form[4:20]] = form
        found = []
        for path in self.site.folder.rglob("*"):
            if path.is_file() and not {"leak", "sample"} & set(path.relative_to(self.site.folder).parts):
                data = path.read_bytes()
                for start in range(0, len(data), SLICE):
                    windows = {data[i:i + 16] for i in range(start, min(start + SLICE, len(data) - 15))}
                    if any(needles[key] in data for key in needles.keys() & windows):
                        found.append(str(path.relative_to(self.site.folder)))
                        break
        return found


def arguments(description, kills):
    """What every such script can be told, and so many kills where it is not told."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=kills)
    parser.add_argument("--tokens", type=int, default=200)
    parser.add_argument("--longest", type=float, default=20, help="seconds between two kills at the most")
    parser.add_argument("--faults", action="store_true", help="10 %% 429, 5 %% 503, 1 %% cut, 1 %% hanging connections")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--postgres", action="store_true", help="the journal in the installed server, started for it")
    parser.add_argument("--skew", action="store_true", help="clocks an hour off, in both directions")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--stanch", default=str(ROOT / "stanch"))
    return parser


def go(kind, options):
    """Runs a script of this kind, tells what is wrong in the end, and exits."""
    if options.skew and not FAKETIME:
        print("skipped: faketime is not installed")
        sys.exit(0)
    run = kind(options)
    try:
        threading.Thread(target=run.watch_arguments, daemon=True).start()
        incident = run.respond()
        problems = run.verdict(incident) if incident else ["no incident was ever written"]
        run.report(problems)
        if not problems:
            shutil.rmtree(run.site.folder)
        sys.exit(1 if problems else 0)
    finally:
        run.done.set()
        run.site.close()
