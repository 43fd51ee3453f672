#!/usr/bin/env python3
"""Scans many repositories of an organisation within bounds, kills the scan again and again, and goes on.

Generated repositories, handed out by git's own HTTP program behind a fake GitHub, each with a token in its history
and one in an issue. First one scan from beginning to end, then another with nothing changed; then, with nothing
remembered, one that is killed (SIGKILL) at any moment, so many times, and resumed. Prints the peaks of memory (resident, polled)
and of disk (clones and state), the ratio of the second scan's time to the first one's, and what was scanned twice
although its scan was finished, or missed.

  scale.py [--repositories 120] [--megabytes 20] [--kills 20] [--seed 1] [--stanch COMMAND]

Needs a built checkout (./stanch), the JDK that it finds, git, and two and a half times the repositories' size of disk.
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import sys
import threading
import time

from places import OWNER, Hosts, Repository, fleet

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import measure  # noqa: E402

LOGIN = "a-token-of-this-machine-0123456789"
MOST_DISK = 2e9
MOST_MEMORY = 600  # MB
LONGEST_AGAIN = 0.02
FILE = 100_000


class Words:
    """Text like that of programs, never the same twice."""

    def __init__(self, chance):
        self.chance = chance
        words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randrange(3, 10))) for _ in range(900)]
        lines = [" ".join(chance.choices(words, k=chance.randrange(3, 12))) + chance.choice([";", "", " {", "}", ","])
                 for _ in range(6_000)]
        self.blocks = ["\n".join(lines[at:at + 50]) + "\n" for at in range(0, len(lines), 50)]

    def text(self, size):
        parts, length = [], 0
        while length < size:
            parts.append(f"# {self.chance.getrandbits(64):x}\n" + self.chance.choice(self.blocks))
            length += len(parts[-1])
        return "".join(parts)


class Watch:
    """The most memory that a process took, and the most that lay in some folders meanwhile."""

    def __init__(self, process, folders):
        self.megabytes = self.disk = 0
        self.process, self.folders = process, folders
        self.thread = threading.Thread(target=self.look)
        self.thread.start()

    def look(self):
        while self.process.poll() is None:
            self.megabytes = max(self.megabytes, measure.memory(self.process.pid)[1] / 1024)
            self.disk = max(self.disk, sum(size(folder) for folder in self.folders))
            time.sleep(0.1)


def size(folder):
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_blocks * 512
            except OSError:
                pass  # gone meanwhile
    return total


class Scale:
    def __init__(self, options):
        self.options = options
        self.chance = random.Random(options.seed)
        self.site = fleet.Site([f"huggingface={options.repositories * 25 // 10 + 20}"], options.stanch, options.seed,
                               prefix="places-scale-")
        self.folder = self.site.folder
        self.problems = []
        self.peaks = [0, 0]
        self.number = 0
        self.hosts = None

    def build(self):
        tokens = list(self.site.ours)
        words = Words(self.chance)
        self.planted, told = set(), []
        for number in range(self.options.repositories):
            name = f"app-{number}"
            repository = Repository(self.folder / "git" / OWNER / (name + ".git"), "pack.compression=1")
            old, said = tokens.pop(), tokens.pop()
            self.planted |= {old[-4:], said[-4:]}
            repository.commit("refs/heads/main", {"old.env": f"HF_TOKEN={old}\n"})
            repository.commit("refs/heads/main", {"old.env": None})
            for commit in range(self.options.megabytes):
                repository.commit("refs/heads/main", {
                    f"src/part{commit}/file{one}.py": words.text(FILE) for one in range(1_000_000 // FILE)})
                repository.flush()
            repository.write()
            told.append({"name": name, "issues": [{"title": "it fails", "body": f"with {said}", "said": []}]})
        self.hosts = Hosts(self.folder / "git", {"owner": OWNER, "hub-token": tokens.pop(), "github-token": LOGIN,
                                                 "repositories": told}, self.site.told["bases"]["huggingface"])
        self.site.environment.update(GITHUB_API_URL=self.hosts["github"], GH_ENTERPRISE_TOKEN=LOGIN,
                                     GIT_CONFIG_NOSYSTEM="1")

    def scan(self, state, until=None):
        """One scan; `until` says when it is killed. Gives its seconds, and the repositories that were cloned."""
        before = len(self.hosts.requests("github"))
        begun = time.time()
        process = self.site.stanch("scan", "github", OWNER, "-q", "-f", "jsonl", "-o", "found.jsonl", wait=False,
                                   XDG_STATE_HOME=str(state))
        watch = Watch(process, [self.folder / "tmp", state])
        if until:
            until(process, before)
            process.kill()
        process.wait()
        seconds = time.time() - begun
        watch.thread.join()
        self.peaks = [max(self.peaks[0], watch.megabytes), max(self.peaks[1], watch.disk)]
        if not until and process.returncode != 1:
            self.problems.append(f"a scan ended with {process.returncode}: {self.site.text()[:300]}")
        return seconds, self.cloned(before)

    def cloned(self, since):
        asked = self.hosts.requests("github")[since:]
        return [line.split("/")[2] for line in asked if line.endswith("/info/refs")]  # each clone begins with one

    def found(self):
        """Checks a report: every token, and nothing that was not read."""
        objects = [json.loads(line) for line in (self.folder / "found.jsonl").read_text().splitlines()]
        ends = [one["redacted"][-4:] for one in objects if one["type"] == "finding"]
        if set(ends) != self.planted or len(ends) != 2 * self.options.repositories:
            self.problems.append(f"{len(ends)} tokens found, {len(self.planted - set(ends))} missed")
        self.problems += [f"skipped {one['place']}: {one['reason']}" for one in objects
                          if one["type"] == "skip" and one["kind"] == "skipped"]

    def remembered(self, state):
        names = set()
        for file in (state / "stanch/github").glob("*.jsonl"):
            with open(file) as lines:
                names.add(json.loads(lines.readline())["name"].split("/")[1] + ".git")
        return names

    def somewhere(self, process, before):
        """Waits until a few more repositories are cloned, and some moment longer."""
        few = self.chance.randrange(1, 2 * self.options.repositories // (self.options.kills + 1))
        while process.poll() is None and len(set(self.cloned(before))) < few:
            time.sleep(0.1)
        time.sleep(self.chance.uniform(0, 1.5))

    def killed(self):
        state = self.folder / "state-of-the-killed"
        clones, kills = {}, 0
        for _ in range(self.options.kills):
            done = self.remembered(state)
            if len(done) == self.options.repositories:
                break
            _, cloned = self.scan(state, self.somewhere)
            kills += 1
            self.count(clones, cloned, done)
        done = self.remembered(state)
        _, cloned = self.scan(state)
        self.count(clones, cloned, done)
        self.found()
        if len(clones) != self.options.repositories:
            self.problems.append(f"only {len(clones)} repositories were ever cloned")
        again = sum(times - 1 for times in clones.values())
        print(f"killed {kills} times, {len(done)} repositories done before the last run, {again} clones begun again")

    def count(self, clones, cloned, done):
        for name in set(cloned):
            clones[name] = clones.get(name, 0) + 1
            if name in done:
                self.problems.append(f"{name} was scanned already")

    def run(self):
        first, cloned = self.scan(self.folder / "state")
        if sorted(cloned) != sorted(set(cloned)) or len(cloned) != self.options.repositories:
            self.problems.append(f"{len(cloned)} clones of {self.options.repositories}")
        self.found()
        print(f"first scan {first:.1f} s", flush=True)
        again = []
        for _ in range(3):
            seconds, cloned = self.scan(self.folder / "state")
            again.append(seconds)
            if cloned:
                self.problems.append(f"cloned again: {cloned[:5]}")
            self.found()
        ratio = sorted(again)[1] / first
        print(f"second scan {sorted(again)[1]:.2f} s: {ratio:.2%} of the first (median of three)", flush=True)
        if ratio > LONGEST_AGAIN:
            self.problems.append("the second scan took too long")
        self.killed()
        print(f"peak memory {self.peaks[0]:.0f} MB, peak disk {self.peaks[1] / 1e6:.0f} MB")
        if self.peaks[0] > MOST_MEMORY:
            self.problems.append("too much memory")
        if self.peaks[1] > MOST_DISK:
            self.problems.append("too much disk")

    def close(self):
        if self.hosts:
            self.hosts.close()
        self.site.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repositories", type=int, default=120)
    parser.add_argument("--megabytes", type=int, default=20, help="of text in each")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stanch", default=str(fleet.ROOT / "stanch"))
    options = parser.parse_args()
    scale = Scale(options)
    try:
        begun = time.time()
        scale.build()
        print(f"{options.repositories} repositories of {options.megabytes} MB, {size(scale.folder / 'git') / 1e6:.0f} MB as "
              f"git keeps them, made in {time.time() - begun:.0f} s; load {os.getloadavg()[0]:.1f}", flush=True)
        scale.run()
    finally:
        scale.close()
        for problem in scale.problems[:40]:
            print(problem)
        if scale.problems:
            print(f"kept: {scale.folder}")
        else:
            shutil.rmtree(scale.folder)
    print("within bounds, nothing twice, nothing missed" if not scale.problems else f"{len(scale.problems)} problems")
    sys.exit(1 if scale.problems else 0)


if __name__ == "__main__":
    main()
