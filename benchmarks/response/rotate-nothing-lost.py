#!/usr/bin/env python3
"""Kills rotations again and again and looks whether a key is lost, minted twice, or left where it should not be.

Fakes that mint keys by a call issue tokens, of which some lie in files, others in Vault, in secrets of GitHub's Actions or
of Spaces, some in two of them. A response that rotates them is begun and killed (SIGKILL) whenever steps stand in the state that was hit
least so far, gone on with, and killed again; what a person has to restart is said to be restarted now and then. With several
processes some are stopped for a while and the database's connections are cut. In the end each old token must be dead or
switched off, each sink must hold the one live key that took its place, in use, and no other key may be live.

  rotate-nothing-lost.py [--tokens 200] [--kills 20] [--faults] [--processes 1] [--postgres] [--skew] [--seed 1]
                         [--minutes 60] [--providers gitlab,aws] [--late openai,linode]
                         [--latency 100] [--stanch COMMAND]

Needs a built checkout (./stanch) and the JDK that it finds; nothing but the standard library. --skew needs faketime.
"""
import base64
import collections
import json
import sys
import time

import boxes
from fleet import Postgres, Site
from kills import EARLY, Kills, arguments, go

ON_THE_WAY = ("planned", "minting", "minted", "delivering", "delivered", "activated", "verified", "intent", "called", "dead")
SETTLED = ("dead", "contained")
IDLE = 4
ACTIVATED_EVERY = 4  # lives after which a person says what was restarted
PER_FILE = 25
SPACES = 10
PLANS = 6
LATE = 3  # requests for which a revoked key is still accepted where that takes time


class Run(Kills):
    def __init__(self, options):
        providers = options.providers.split(",")
        each = -(-options.tokens // len(providers))
        specs = [f"{provider}={min(each, options.tokens - each * n)}" for n, provider in enumerate(providers)]
        site = Site(["stores", *specs], options.stanch, options.seed, options.faults,
                    Postgres() if options.postgres else None, "rotate-nothing-lost-")
        super().__init__(site, options, ON_THE_WAY)
        self.activated = []
        self.lives = 0
        self.unknown = 0
        # Some providers do not tell whose a token is, and some tokens are known by the word beside them alone.
        site.released = ["--third-party", "--reason", "every token of these fakes is ours"]
        for provider in filter(None, options.late.split(",")):
            site.control("lag", id=provider, probes=LATE)

    def name(self, token):
        return self.site.told["providers"][token]

    def prepare(self):
        """Tokens in files and on standard input, and the stores beside them by the id that a scan gives each."""
        site = self.site
        tokens = list(site.ours)
        self.random.shuffle(tokens)
        # By turns: a file; Vault; Actions; Vault and Actions; a file and Actions; now and then a Space.
        filed = [token for number, token in enumerate(tokens) if number % 5 in (0, 4)]
        dumped = [token for token in tokens if token not in set(filed)]
        lines = {}

        def written(name, of):
            text, number = "", 0
            for token in of:
                more = site.lines(token)
                for _ in more.splitlines():
                    number += 1
                    lines[name, number] = token
                text += more
            return text

        for start in range(0, len(filed), PER_FILE):
            name = f"file{start}.env"
            (site.folder / "leak" / name).write_text(written(name, filed[start:start + PER_FILE]))
        site.dump = written("", dumped)
        (site.folder / "sample").mkdir()
        few = {self.name(token): token for token in tokens}
        (site.folder / "sample" / "few.env").write_text("".join(map(site.lines, few.values())))
        site.configure(more=["acme"])
        ids = {}
        for name, args, stdin in (("dir", ["leak"], None), ("stdin", [], site.dump)):
            site.stanch("scan", name, "--quiet", "--format", "jsonl", *args, stdin=stdin)
            for line in site.text().splitlines():
                found = json.loads(line) if line.startswith("{") else {}
                for place in found.get("places", []) if found.get("type") == "finding" else []:
                    where = "" if name == "stdin" else place["path"]
                    token = lines.get((where, place["line"]))
                    if token and found["provider"] == self.name(token):
                        ids[token] = found["token"]
        unseen = collections.Counter(self.name(token) for token in tokens if token not in ids)
        if unseen:
            sys.exit(f"error: not found by a scan: {dict(unseen)}")
        self.sinks = {}
        self.files = set(filed)
        text = "sinks:\n"
        for number, token in enumerate(tokens):
            vault, actions = f"vault:secret/app{number}#KEY", f"github-actions:acme/app{number % 7}#KEY_{number}"
            sinks = {0: [], 1: [vault], 2: [actions], 3: [vault, actions], 4: [actions]}[number % 5]
            if number % 20 == 11:
                sinks = [f"space-secret:acme/space{number % SPACES}#KEY_{number}"]
            parts = site.told["parts"].get(token, {}) if self.name(token) == "aws" else {}
            self.sinks[token] = {sink: "" for sink in sinks}
            told = [f"'{sink}'" for sink in sinks]
            if "id" in parts and vault in sinks:
                self.sinks[token][vault + "_ID"] = "id"
                told.append(f"{{sink: '{vault}_ID', part: id}}")
            for sink, part in self.sinks[token].items():
                site.control("put", store=sink, value=parts["id"] if part else token)
            if told:
                text += f"  - {{token: '{ids[token]}', to: [{', '.join(told)}]}}\n"
        (site.folder / "sinks.yml").write_text(text)
        self.ids = ids
        return self.planned()

    def planned(self):
        """A plan in which every token is rotated: one that has another answer for some is made again."""
        for _ in range(PLANS):
            plan = self.site.planned("--rotate", "--verify-context", "--sinks", "sinks.yml", "dir:leak", "-",
                                     stdin=self.site.dump)
            others = [step for step in plan["steps"] if step["do"] != "rotate"]
            self.site.steps = len(plan["steps"])
            if not others and self.site.steps == len(self.site.ours):
                break
        else:
            why = sorted({(step["provider"], step["do"], step.get("why", "")) for step in others})
            sys.exit(f"error: no plan that rotates all: {self.site.steps} steps, {why}")
        self.site.collateral = [str(step["number"]) for step in plan["steps"] if step.get("collateral")]
        self.number = {step["token"]: step["number"] for step in plan["steps"]}
        return plan["hash"]

    def how(self):
        return [*super().how(), *self.site.released,
                *(["--activated", ",".join(map(str, self.activated))] if self.activated else [])]

    def restart(self, incident):
        """A person restarts what waits for it."""
        self.activated = [
            step["number"] for step in self.site.report(incident)["steps"]
            if step["now"]["state"] == "delivered" and len(step["now"]["delivered"]) == len(step["planned"]["sinks"])]

    def respond(self):
        self.site.control("calm", on="true")  # what a plan does about faults is no matter of this
        self.digest = self.prepare()
        self.site.control("calm", on="false")
        self.site.control("slow", millis=self.options.latency)
        idle = 0
        before = incident = None
        while time.time() - self.begun < self.options.minutes * 60 and idle < IDLE:
            self.lives += 1
            if incident and (self.lives % ACTIVATED_EVERY == 0 or self.killed >= self.options.kills):
                self.restart(incident)
            processes = self.begin(incident)
            if incident is None and self.killed >= EARLY:
                self.until_begun(processes[0])
            if self.killed < self.options.kills and self.until_killed(processes):
                self.disturb(processes)
                for state in self.kill(processes):
                    self.kills[state] += 1
                self.killed += 1
                incident = incident or self.site.incident()
                continue
            for process in processes:
                process.wait()
            incident = incident or self.site.incident()
            left = collections.Counter(step["now"]["state"] for step in self.site.report(incident)["steps"]) \
                if incident else None
            idle = idle + 1 if left == before else 0
            before = left
            if left and set(left) <= set(SETTLED):
                break
        self.left = before
        return incident

    def held(self):
        """What the sinks of each token hold, each with the part that belongs there."""
        told = self.site.control("stores")
        secret = bytes.fromhex(told["private-key"])
        holds = {}
        for token, sinks in self.sinks.items():
            holds[token] = [
                (part, told["values"][sink] if sink in told["values"] else
                 boxes.opened(base64.b64decode(told["boxes"][sink]), secret).decode())
                for sink, part in sinks.items()]
        return holds, told.get("stale", [])

    def verdict(self, incident):
        site = self.site
        problems = []
        keys = {token: {**key, "provider": provider} for provider, all in site.control("keys").items()
                for token, key in all.items()}
        alive = [token for token in site.ours if keys[token]["state"] == "live"]
        if alive:
            problems.append(f"{len(alive)} old tokens are live: {collections.Counter(map(self.name, alive))}")
        minted = {token: key for token, key in keys.items() if key["role"].startswith("minted-")}
        self.minted = len(minted)
        holds, stale = self.held()
        stands = collections.Counter()
        for file in (site.folder / "leak").iterdir():
            for line in file.read_text().splitlines():
                stands[line.split("=", 1)[-1].strip()] += 1
        used = collections.defaultdict(set)
        for token in site.ours:
            values = {value for part, value in holds[token] if not part}
            if len(values) > 1:
                problems.append(f"the sinks of a token of {self.name(token)} hold {len(values)} values")
            for value in values:
                used[value].add(token)
                if minted.get(value, {}).get("state") != "live":
                    problems.append(f"a sink of {self.name(token)} holds what is {keys.get(value, {}).get('state', 'no key')}")
                if keys.get(value, {}).get("provider") != self.name(token):
                    problems.append(f"a sink of {self.name(token)} holds another provider's")
                wrong = [kept for part, kept in holds[token] if part and keys[value]["parts"].get(part) != kept]
                if wrong:
                    problems.append(f"a sink of {self.name(token)} holds another key's id")
                if token in self.files and stands[value] != 1:
                    problems.append(f"a file lacks the new token of {self.name(token)}")
        for token in self.files:
            if stands[token]:
                problems.append(f"a file holds an old token of {self.name(token)}")
        for token, key in minted.items():
            if stands[token] and any(stands[part] != 1 for part in key["parts"].values()):
                problems.append(f"a file holds another id than that of its key of {key['provider']}")
        filed = sum(stands[value] for value, key in minted.items() if key["state"] == "live")
        if filed != len(self.files):
            problems.append(f"files hold {filed} new tokens, not {len(self.files)}")
        shared = [value for value, of in used.items() if len(of) > 1]
        if shared:
            problems.append(f"{len(shared)} new tokens are in sinks of several")
        live = [token for token, key in minted.items() if key["state"] == "live"]
        orphans = [token for token in live if token not in used and not stands[token]]
        self.orphans = len(orphans)
        if orphans:
            problems.append(f"{len(orphans)} orphans: {collections.Counter(keys[token]['provider'] for token in orphans)}")
        self.double = len(live) - len(site.ours)
        if self.double:
            problems.append(f"{len(live)} live keys were minted for {len(site.ours)}")
        if stale:
            problems.append(f"{len(stale)} Spaces run with what they had before")
        check = site.stanch("incident", "show", "--check", incident, *site.journal())
        if "the journal is whole" not in site.text():
            problems.append(f"the journal is not whole (exit {check.returncode})")
        if self.left is not None and not set(self.left) <= set(SETTLED):
            problems.append(f"left: {dict(self.left)}")
        if self.options.kills >= len(ON_THE_WAY) * 2:
            problems += [f"no kill with a step in {state}" for state in ON_THE_WAY if not self.kills[state]]
        site.tokens = list(keys)
        leaks = self.search()
        if leaks:
            problems.append(f"tokens stand in {leaks[:5]}")
        if self.seen_by_ps:
            problems.append(f"tokens stood in the process list: {sorted(set(self.seen_by_ps))[:5]}")
        return problems

    def report(self, problems):
        took = time.time() - self.begun
        print(f"{self.site.steps} rotations over {len(self.options.providers.split(','))} providers, {self.killed} kills, "
              f"{self.stops} stops, {self.cuts} cuts, {took:.0f} s, seed {self.options.seed}")
        for state in ON_THE_WAY:
            print(f"  killed with steps in {state:<12} {self.kills[state]}")
        if hasattr(self, "minted"):
            print(f"  minted {self.minted}, orphans {self.orphans}, live beyond one each {self.double}")
        for problem, count in collections.Counter(problems).items():
            print(f"LOST: {problem}" + (f" ({count} times)" if count > 1 else ""))
        print("nothing lost" if not problems else f"kept: {self.site.folder}")


def main():
    parser = arguments(__doc__, kills=20)
    parser.add_argument("--latency", type=int, default=100, help="milliseconds that each request takes")
    parser.add_argument("--providers", default="gitlab,aws", help="ids")
    parser.add_argument("--late", default="", help="ids of those who take time to forget a key")
    go(Run, parser.parse_args())


if __name__ == "__main__":
    main()
