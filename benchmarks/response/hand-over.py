#!/usr/bin/env python3
"""Hands tokens over to the people who own them and supplies what they bring, right and wrong, in bulk.

Fakes of Hugging Face, GitHub, OpenAI and Anthropic hold tokens of many owners, which lie in files, a quarter of them in
Vault and a quarter in secrets of GitHub's Actions too. `respond --rotate` leaves each to a person. Then come the new values,
all in one text and out of order: right ones, some twice; and wrong ones of every kind: the old value, a stranger's, another
owner's with whom it was swapped, one that may do more, a dead one, another provider's, one that leaked too, one for
two tokens, two for one token, one for a token that nobody knows. Every wrong one must be refused for its reason
and change nothing, every right one must be in every sink; a second text brings the rest, and the first ones once more.
In the end each old token is dead, each sink holds its own new one, and the report says exactly that.

  hand-over.py [--owners 300] [--tokens 1000] [--seed 1] [--stanch COMMAND]

Needs a built checkout (./stanch) and the JDK that it finds; nothing but the standard library.
"""
import argparse
import base64
import collections
import json
import re
import shutil
import sys
import time

import boxes
from fleet import ROOT, Site

WRONG = {
    "old": "it is the old value",
    "stranger": "another owner's",
    "swapped": "another owner's",
    "broad": "it may do more than was advised",
    "dead": "it is not accepted",
    "foreign": "looks like a token of another provider",
    "leaked": "which leaked too",
    "shared": "already",
    "two": "two values for step",
}
# What each provider tells decides what can be told apart: OpenAI and Anthropic say no more than the organization.
KINDS = {
    "huggingface": list(WRONG),
    "github": list(WRONG),
    "openai": [kind for kind in WRONG if kind not in ("swapped", "broad")],
    "anthropic": [kind for kind in WRONG if kind not in ("swapped", "broad")],
}
BROAD = {"huggingface": "write", "github": "repo, read:org, admin:org"}
STRANGER = {"huggingface": "stranger", "github": "77", "openai": "other", "anthropic": "other"}
PER_FILE = 25


class HandOver:
    def __init__(self, options):
        self.options = options
        each = {"huggingface:read": 4, "github": 3, "openai": 1.5, "anthropic": 1.5}
        counts = {id: int(options.tokens * part / 10) for id, part in each.items()}
        counts["huggingface:read"] += options.tokens - sum(counts.values())
        # An organization's keys are one owner's there.
        octos = (options.owners - 2) * 3 // 7
        accounts = {"huggingface:read": options.owners - 2 - octos, "github": octos}
        specs = [f"{id}={count}" + (f"*{accounts[id]}" if id in accounts else "") for id, count in counts.items()]
        self.site = Site(["stores", *specs], options.stanch, options.seed, prefix="hand-over-")
        self.random = self.site.random
        self.more = [f"acme-bot-{n}" for n in range(accounts["huggingface:read"])] + [f"octo-{n}" for n in range(octos)]
        self.provider = self.site.told["providers"]
        self.problems = []
        self.counted = collections.Counter()

    def leak(self):
        """Files of settings, and sinks beside them by the id that a scan gives each token."""
        tokens = list(self.site.ours)
        self.random.shuffle(tokens)
        at = {}
        for start in range(0, len(tokens), PER_FILE):
            name = f"file{start}.env"
            text = "".join(self.site.lines(token) for token in tokens[start:start + PER_FILE])
            (self.site.folder / "leak" / name).write_text(text)
            for line, content in enumerate(text.splitlines(), 1):
                at[name, line] = content.split("=", 1)[1].strip()
        (self.site.folder / "sample").mkdir()
        one = {self.provider[token]: token for token in tokens}
        (self.site.folder / "sample" / "few.env").write_text("".join(map(self.site.lines, one.values())))
        self.site.configure(more=self.more)
        self.site.stanch("scan", "dir", "--quiet", "--format", "jsonl", "leak")
        self.ids = {}
        for line in self.site.text().splitlines():
            found = json.loads(line) if line.startswith("{") else {}
            if found.get("type") == "finding":
                place = found["places"][0]
                self.ids[at[place["path"], place["line"]]] = found["token"]
        self.expect(len(self.ids) == len(tokens), f"{len(self.ids)} of {len(tokens)} tokens are found")
        self.sinks = {token: [] for token in tokens}
        text = "sinks:\n"
        for number, token in enumerate(tokens):
            store = {0: f"vault:secret/app{number}#KEY", 1: f"github-actions:acme/app#KEY_{number}"}.get(number % 4)
            if store:
                self.sinks[token].append(store)
                self.site.control("put", store=store, value=token)
                text += f"  - {{token: '{self.ids[token]}', to: '{store}'}}\n"
        (self.site.folder / "sinks.yml").write_text(text)

    def expect(self, true, otherwise):
        if not true:
            self.problems.append(otherwise)

    def owner(self, token):
        """What the fakes know of it, as far as these owners go."""
        place = self.site.ours.index(token)
        first = next(i for i, other in enumerate(self.site.ours) if self.provider[other] == self.provider[token])
        count = {"huggingface": self.more and sum(n.startswith("acme") for n in self.more),
                 "github": sum(n.startswith("octo") for n in self.more)}.get(self.provider[token], 1)
        return self.provider[token], (place - first) % count

    def fresh(self, token, **how):
        if self.provider[token] == "huggingface":
            how.setdefault("scopes", "read")
        value = self.site.control("issue", like=token, **how)["token"]
        return value

    def wrongs(self, tokens):
        """One wrong value for each of these tokens: the token, the value, the kind."""
        owned = collections.defaultdict(list)
        for token in self.site.ours:
            owned[self.owner(token)].append(token)
        lines = []
        left = {provider: [] for provider in KINDS}
        for token in tokens:
            left[self.provider[token]].append(token)
        for provider, mine in left.items():
            kinds = KINDS[provider]
            turn = 0
            while mine:
                kind, token = kinds[turn % len(kinds)], mine.pop()
                turn += 1
                if kind == "old":
                    lines.append((token, token, kind))
                elif kind == "stranger":
                    lines.append((token, self.fresh(token, owner=STRANGER[provider]), kind))
                elif kind == "swapped":
                    other = next((one for one in mine if self.owner(one) != self.owner(token)), None)
                    if other:
                        mine.remove(other)
                        lines.append((token, self.fresh(other), kind))
                        lines.append((other, self.fresh(token), kind))
                    else:
                        mine.append(token)
                elif kind == "broad":
                    lines.append((token, self.fresh(token, scopes=BROAD[provider]), kind))
                elif kind == "dead":
                    lines.append((token, self.fresh(token), kind))
                    self.site.control("end", token=lines[-1][1])
                elif kind == "foreign":
                    other = next(one for one in self.site.ours if self.provider[one] != provider)
                    lines.append((token, self.fresh(other), kind))
                elif kind == "leaked":
                    other = next((one for one in owned[self.owner(token)] if one != token), None)
                    lines.append((token, other, kind) if other else (token, token, "old"))
                elif kind == "shared":
                    twin = next((one for one in owned[self.owner(token)] if one in self.right), None)
                    lines.append((token, self.right[twin], kind) if twin else (token, token, "old"))
                elif kind == "two":
                    lines.append((token, self.fresh(token), kind))
                    lines.append((token, self.fresh(token), kind))
        return lines

    def supply(self, lines):
        """The output of a supply of these lines, which holds no value."""
        text = "".join(f"{self.ids.get(token, token)}\t{value}\n" for token, value in lines)
        done = self.site.stanch("incident", "supply", "--from", "-", "--proof-interval", "1", "--quiet", stdin=text)
        told = self.site.text()
        self.expect(not any(value in told for _, value in lines), "a value was printed")
        return done.returncode, told

    def standing(self):
        incident = self.site.incident()
        report = self.site.report(incident)
        byid = {id: token for token, id in self.ids.items()}
        return {byid[step["planned"]["token"]]: step for step in report["steps"]}

    def held(self):
        """What each sink of each token holds: the line of its file, and its store."""
        told = self.site.control("stores")
        secret = bytes.fromhex(told["private-key"])
        files = {}
        for file in (self.site.folder / "leak").iterdir():
            files[file.name] = file.read_text().splitlines()
        holds = {}
        for token, sinks in self.sinks.items():
            holds[token] = [told["values"].get(sink) or boxes.opened(base64.b64decode(told["boxes"][sink]), secret).decode()
                            for sink in sinks]
        return files, holds

    def check(self, delivered, name):
        """Each sink holds the new value of its token where there is one, and the old one otherwise."""
        files, holds = self.held()
        stands = collections.Counter(line.split("=", 1)[1].strip() for lines in files.values() for line in lines)
        wanted = collections.Counter(delivered.get(token, token) for token in self.sinks)
        self.expect(stands == wanted, f"{name}: {sum((wanted - stands).values())} files hold something else")
        wrong = sum(any(value != delivered.get(token, token) for value in values) for token, values in holds.items())
        self.expect(not wrong, f"{name}: {wrong} stores hold something else")

    def refused(self, told, lines, text):
        """Each wrong line was refused, for its reason."""
        number = {token: step["number"] for token, step in self.standing().items()}
        for token, value, kind in lines:
            place = next(i for i, line in enumerate(text, 1) if line == (token, value))
            reasons = [line for line in told.splitlines()
                       if re.search(rf"\bstep {number[token]}: |\bline {place} is refused", line)]
            if kind == "two":  # the first of the two stands for both
                reasons = [line for line in told.splitlines() if f"two values for step {number[token]}" in line]
            good = any(WRONG[kind] in line for line in reasons)
            self.expect(good, f"no reason '{WRONG[kind]}' for a value that is {kind}: {reasons}")
            self.counted[kind] += good

    def run(self):
        began = time.time()
        self.leak()
        tokens = list(self.site.ours)
        plan = self.site.planned("--rotate", "--sinks", "sinks.yml", "dir:leak")
        more = ",".join(str(step["number"]) for step in plan["steps"] if step.get("collateral"))
        self.site.stanch("respond", "--allow-collateral", more, "--rotate", "--sinks", "sinks.yml", "--apply", "--plan", "plan.json", "--plan-hash",
                         plan["hash"], "--spool", "leak.spool", "--quiet", "dir:leak")
        states = collections.Counter(step["now"]["state"] for step in self.standing().values())
        self.expect(states == {"handed-over": len(tokens)}, f"after the plan: {dict(states)}\n{self.site.text()[-2000:]}")

        self.random.shuffle(tokens)
        share = len(tokens) * 11 // 20
        firsts, wrongs, rest = tokens[:share], tokens[share:-len(tokens) // 20], tokens[-len(tokens) // 20:]
        self.right = {token: self.fresh(token) for token in firsts}
        wrong = self.wrongs(wrongs)
        right = list(self.right.items())
        text = right + right[::10] + [(token, value) for token, value, _ in wrong]
        text += [("v1:nobody" + str(n), self.fresh(tokens[0])) for n in range(5)]
        self.random.shuffle(text)
        # Who shares a value comes after whom it was made for, or is the one who has it.
        status, told = self.supply(text)
        self.expect(status == 4, f"exit {status} where values were refused")
        self.expect(told.count("no step is about this token") == 5, "values for nobody were not refused")
        standing = self.standing()
        shared = [(value, token) for token, value, kind in wrong if kind == "shared"]
        self.settle_shared(standing, shared)
        self.refused(told, [line for line in wrong if line[2] != "shared"], text)
        self.counted["shared"] += told.count("already")
        self.expect(told.count(" already") == len(shared), f"{told.count(' already')} of {len(shared)} shared values refused")
        for token, step in standing.items():
            want = "delivered" if token in self.right else "handed-over"
            if step["now"]["state"] != want:
                self.problems.append(f"{self.provider[token]} is {step['now']['state']}, not {want}")
        self.check(self.right, "after the first text")
        dead = [token for token, state in self.site.control("state").items() if state != "live" and token in self.ids]
        self.expect(not dead, f"{len(dead)} old tokens are dead before their new ones are in use")

        again = list(self.right.items())
        self.right.update({token: self.fresh(token) for token in tokens if token not in self.right})
        last = [pair for pair in self.right.items() if pair not in again]
        text = last + again
        self.random.shuffle(text)
        status, told = self.supply(text)
        self.expect(told.count("waits for no value") == len(again), "not all that came once more was refused")
        self.check(self.right, "after the second text")
        numbers = ",".join(str(step["number"]) for step in self.standing().values())
        done = self.site.stanch("incident", "resume", "--activated", numbers, "--proof-interval", "1", "--quiet")
        self.expect(done.returncode in (0, 1), f"exit {done.returncode} in the end: {self.site.text()[-1000:]}")
        self.finish(tokens)
        self.report(len(tokens), time.time() - began)

    def settle_shared(self, standing, shared):
        """A value that was given for several tokens replaced one of them, whichever came first."""
        for value, token in shared:
            if standing[token]["now"]["state"] == "delivered":
                twin = next(other for other, theirs in self.right.items() if theirs == value)
                del self.right[twin]
                self.right[token] = value

    def finish(self, tokens):
        standing = self.standing()
        states = self.site.control("state")
        report = collections.Counter(step["now"]["state"] for step in standing.values())
        # Anthropic's are switched off; to delete them is another question.
        off = sum(self.provider[token] == "anthropic" for token in tokens)
        self.expect(report == {"dead": len(tokens) - off, "contained": off}, f"the report says {dict(report)}")
        live = sum(states[token] == "live" for token in tokens)
        self.expect(not live, f"{live} old tokens are live")
        lost = sum(states.get(value) != "live" for value in self.right.values())
        self.expect(not lost, f"{lost} new tokens are not")
        self.check(self.right, "in the end")
        kept = set(self.right.values()) | set(tokens)
        for path in self.site.folder.rglob("*"):
            if path.is_file() and path.parent.name not in ("leak", "sample"):
                data = path.read_bytes().decode("latin-1")
                self.expect(not any(token in data for token in kept), f"a token stands in {path.name}")

    def report(self, tokens, took):
        owners = len({self.owner(token) for token in self.site.ours})
        print(f"{tokens} tokens of {owners} owners at {len(KINDS)} providers, {took:.0f} s, seed {self.options.seed}")
        for kind in WRONG:
            print(f"  refused: {kind:<9} {self.counted[kind]}")
        for problem in self.problems[:30]:
            print("WRONG: " + problem)
        print("handed over" if not self.problems else f"kept: {self.site.folder}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--owners", type=int, default=300)
    parser.add_argument("--tokens", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stanch", default=str(ROOT / "stanch"))
    hand = HandOver(parser.parse_args())
    try:
        hand.run()
        if not hand.problems:
            shutil.rmtree(hand.site.folder)
        sys.exit(1 if hand.problems else 0)
    finally:
        hand.site.close()


if __name__ == "__main__":
    main()
