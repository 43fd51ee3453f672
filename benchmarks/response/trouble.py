#!/usr/bin/env python3
"""Lets the journal fail in every way that can be staged, and looks whether it is said clearly and nothing is lost.

  trouble.py [--only NAME] [--stanch COMMAND]

full-disk, read-only (a small file system in memory, needs root), damaged, two-on-one-file, restart (of PostgreSQL in the
middle), pause (two processes on PostgreSQL; both must have ended within five seconds). After each the response goes on
and must come to its end. Prints a line for each, and what Stanch said.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import time

from fleet import ROOT, Postgres, Site

PROVIDERS = ("huggingface=30", "buildkite=30", "slack=30")
PAUSE = 5


class Case:
    """A response on a site of its own."""

    def __init__(self, stanch, postgres=None, tokens=PROVIDERS):
        self.site = Site(tokens, stanch, postgres=postgres, prefix="trouble-")
        self.site.leak(9)
        self.site.configure()
        self.digest = self.site.plan()["hash"]
        self.said = ""

    def resume(self, wait=True):
        return self.site.stanch("incident", "resume", self.site.incident(), "--proof-interval", "1", "--quiet",
                                *self.site.journal(), wait=wait)

    def hear(self, process, log=None):
        """Remembers the error that a run ended with."""
        text = (log or self.site.logs[-1]).read_text(errors="replace")
        lines = [line for line in text.splitlines() if line.startswith(("error:", "warning: stopped", "hint: "))]
        self.said = " | ".join(lines[-2:])
        return process.returncode

    def finish(self):
        """Goes on until nothing is left, and tells what is wrong then."""
        for _ in range(4):
            self.resume()
        states = self.site.control("state")
        live = sum(states[token] == "live" for token in self.site.ours)
        hurt = sum(states[token] != "live" for token in self.site.strangers)
        self.site.stanch("incident", "show", "--check", self.site.incident(), *self.site.journal())
        problems = [f"{live} of ours are live"] if live else []
        problems += [f"{hurt} of a stranger's are not"] if hurt else []
        problems += [] if "the journal is whole" in self.site.text() else ["the journal is not whole"]
        return problems

    def close(self):
        self.site.close()
        shutil.rmtree(self.site.folder, ignore_errors=True)


def mounted(case, size):
    """A small file system where the journal lies, with what lay there before."""
    state = case.site.folder / "home/.local/state/stanch"
    state.mkdir(parents=True, exist_ok=True)
    before = shutil.copytree(state, case.site.folder / "before")
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(state)], check=True)
    shutil.copytree(before, state, dirs_exist_ok=True)
    return state


def full_disk(stanch):
    case = Case(stanch)
    state = mounted(case, "16m")
    try:
        process = case.site.apply(case.digest, 1, wait=False)
        log = case.site.logs[-1]
        until(lambda: (state / "journal.db").exists() and case.site.incident())
        fill(state)
        process.wait()
        code = case.hear(process, log)
        problems = [] if code == 3 and "full" in case.said else [f"exit {code}"]
        (state / "filler").unlink()
        return problems + case.finish(), case.said
    finally:
        case.site.close()
        subprocess.run(["umount", str(state)], check=False)
        case.close()


def fill(state):
    with open(state / "filler", "wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(4096))
        except OSError:
            pass


def read_only(stanch):
    case = Case(stanch)
    state = mounted(case, "16m")
    try:
        subprocess.run(["mount", "-o", "remount,ro", str(state)], check=True)
        code = case.hear(case.site.apply(case.digest, 1))
        live = sum(value == "live" for value in case.site.control("state").values())
        problems = [] if code == 3 else [f"exit {code}"]
        problems += [] if live >= len(case.site.ours) else ["calls were made without a journal"]
        said = case.said
        subprocess.run(["mount", "-o", "remount,rw", str(state)], check=True)
        case.site.apply(case.digest, 1)
        return problems + case.finish(), said
    finally:
        case.site.close()
        subprocess.run(["umount", str(state)], check=False)
        case.close()


def damaged(stanch):
    case = Case(stanch)
    try:
        process = case.site.apply(case.digest, 1, wait=False)
        until(case.site.incident)
        process.kill()
        process.wait()
        state = case.site.folder / "home/.local/state/stanch"
        for file in state.iterdir():
            if file.name.startswith("journal.db"):
                file.write_bytes(os.urandom(len(file.read_bytes())))
        code = case.hear(case.site.stanch("incident", "resume"))
        problems = [] if code == 3 and "damaged" in case.said and "recover" in case.said else [f"exit {code}"]
        said = case.said
        for file in state.iterdir():
            if file.name.startswith("journal.db"):
                file.unlink()
        case.site.stanch("incident", "recover", "--plan", "plan.json", "--confirm", case.digest)
        for token in case.site.dump.splitlines():
            (case.site.folder / "home" / "supplied").open("a").write(token + "\n")
        case.site.stanch("incident", "supply", "--from", str(case.site.folder / "home" / "supplied"),
                         "--proof-interval", "1", "--quiet")
        return problems + case.finish(), said
    finally:
        case.close()


def two_on_one_file(stanch):
    case = Case(stanch)
    try:
        process = case.site.apply(case.digest, 1, wait=False)
        until(case.site.incident)
        process.kill()
        process.wait()
        pair = [case.resume(wait=False), case.resume(wait=False)]
        codes = [one.wait() for one in pair]
        case.hear(pair[1])
        problems = [] if all(code in (0, 1) for code in codes) else [f"exits {codes}"]
        return problems + case.finish(), case.said
    finally:
        case.close()


def restart(stanch):
    case = Case(stanch, Postgres())
    try:
        process = case.site.apply(case.digest, 1, wait=False)
        log = case.site.logs[-1]
        until(case.site.incident)
        time.sleep(1)
        case.site.postgres.stop("fast")
        process.wait()
        code = case.hear(process, log)
        case.site.postgres.start()
        problems = [] if code in (1, 3) else [f"exit {code}"]
        return problems + case.finish(), case.said
    finally:
        case.close()


def pause(stanch):
    case = Case(stanch, Postgres(), ("huggingface=60", "buildkite=90", "slack=90"))
    try:
        process = case.site.apply(case.digest, 30, wait=False)
        until(case.site.incident)
        other = case.resume(wait=False)
        time.sleep(6)
        incident = case.site.incident()
        running = sum(one.poll() is None for one in (process, other))
        case.site.stanch("incident", "pause", incident, *case.site.journal())
        asked = time.time()
        before = case.site.control("counts")
        for one in (process, other):
            one.wait()
        took = time.time() - asked
        after = case.site.control("counts")
        calls = sum(changing(after, name) - changing(before, name) for name in after)
        problems = [] if running == 2 else [f"{running} processes ran when they were stopped"]
        problems += [] if took <= PAUSE else ["too slow"]
        return problems + case.finish(), f"both ended {took:.1f} s after the pause; {calls} calls came after it"
    finally:
        case.close()


def changing(counts, name):
    return sum(count for call, count in counts[name].items() if call.endswith("/revoke") or call == "DELETE")


def until(what):
    latest = time.time() + 60
    while time.time() < latest:
        got = what()
        if got:
            return got
        time.sleep(0.05)
    sys.exit("error: it never came to that")


CASES = {"full-disk": full_disk, "read-only": read_only, "damaged": damaged, "two-on-one-file": two_on_one_file,
         "restart": restart, "pause": pause}
ROOT_ONLY = ("full-disk", "read-only")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=CASES)
    parser.add_argument("--stanch", default=str(ROOT / "stanch"))
    options = parser.parse_args()
    failed = 0
    for name, case in CASES.items():
        if options.only and name != options.only:
            continue
        if name in ROOT_ONLY and (os.geteuid() != 0 or not pathlib.Path("/proc/mounts").exists()):
            print(f"{name:<16} skipped: needs root and Linux")
            continue
        problems, said = case(options.stanch)
        failed += bool(problems)
        print(f"{name:<16} {'; '.join(problems) or 'nothing lost'}\n    {said}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
