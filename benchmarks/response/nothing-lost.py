#!/usr/bin/env python3
"""Kills a response again and again and looks whether anything is lost.

Fakes of several providers issue tokens, most of them ours, some a stranger's; some lie in files, some come by
standard input. A response is begun and killed (SIGKILL) whenever steps stand in the state that was hit least so far, gone on
with, and killed again; with several processes some are stopped (SIGSTOP) for a while, the database's connections are
cut, and clocks are wrong. In the end every token of ours must be dead or switched off, every stranger's live, and the journal
whole; no token may stand anywhere but where it was put.

With --every-state things happen meanwhile that bring steps into the rare states: a provider takes no calls for a quarter of an hour,
another one takes calls and does nothing, files vanish and come back, tokens change hands after the plan, a person acts
by hand, a person takes something back.

  nothing-lost.py [--tokens 200] [--kills 10] [--dumped 20] [--faults] [--every-state] [--processes 1] [--postgres] [--skew]
                  [--seed 1] [--minutes 60] [--providers twelve] [--stanch COMMAND]

Needs a built checkout (./stanch) and the JDK that it finds; nothing but the standard library. --skew needs faketime.
"""
import json
import time

from fleet import TWELVE, Postgres, Site
from kills import EARLY, Kills, arguments, go

# The states that a step is in while a run works, the shortest ones too, and how often a run may change nothing.
ON_THE_WAY = ("planned", "intent", "called", "contained", "dead")
RARE = ("revoked-unproven", "refused", "needs-token", "guided", "parked", "withheld", "spared", "restored")
IDLE = 3
UNPROVEN = 150  # seconds that a run is let live to give a call up: two times the documented delay
CANARY = "honey-pot"


class Run(Kills):
    def __init__(self, options):
        providers = TWELVE if options.providers == "twelve" else options.providers.split(",")
        each = options.tokens // len(providers)
        specs = [f"{provider}={each}" for provider in providers]
        if options.every_state:
            specs.append("groq=6")
        site = Site(specs, options.stanch, options.seed, options.faults, Postgres() if options.postgres else None,
                    "nothing-lost-")
        super().__init__(site, options, ON_THE_WAY)
        # What must be live in the end although it was ours, and the steps that a person takes back.
        self.stays = []
        self.restored = []
        self.hidden = None
        self.events = []

    def prepare(self):
        """Everything before the first call: what is planned, and what changes behind the plan's back."""
        site = self.site
        canaries = ()
        if self.options.every_state:
            hub = [token for token in site.ours if token.startswith("hf_")]
            decoys, moved = hub[:3], hub[3:6]
            for token in decoys:
                site.control("move", token=token, owner=CANARY)
            canaries = (CANARY,)
            self.stays += decoys + moved
        site.leak(self.options.dumped or len(site.tokens) // 10)
        site.configure(canaries)
        plan = site.plan()
        if self.options.every_state:
            for token in moved:
                site.control("move", token=token, owner="stranger")
            site.control("park", id="github", seconds=900)
            site.control("swallow", id="huggingface", on="true")
            kills = self.options.kills
            self.events = [(kills // 20, self.give_up), (kills // 8, self.hide), (kills // 4, self.show),
                           (kills // 2, self.by_hand), (kills * 3 // 5, self.take_back)]
        return plan["hash"]

    def give_up(self, incident):
        """One life is let run until calls that did nothing are given up as unproven."""
        process = self.site.stanch("incident", "resume", incident, *self.how(), wait=False)
        latest = time.time() + UNPROVEN
        while process.poll() is None and time.time() < latest and "revoked-unproven" not in self.states():
            time.sleep(0.1)
        process.kill()
        process.wait()
        self.site.control("swallow", id="huggingface", on="false")

    def hide(self, _):
        self.hidden = sorted((self.site.folder / "leak").iterdir())[::4]
        for file in self.hidden:
            file.rename(self.site.folder / "sample" / file.name)

    def show(self, incident):
        """One of the files that vanished never comes back where it was, and is supplied."""
        for file in self.hidden[1:]:
            (self.site.folder / "sample" / file.name).rename(file)
        supplied = self.site.folder / "sample" / self.hidden[0].name
        process = self.site.stanch("incident", "supply", incident, "--from", str(supplied), *self.how(), wait=False)
        time.sleep(self.random.uniform(2, 6))
        process.kill()
        process.wait()
        supplied.rename(self.hidden[0])

    def by_hand(self, _):
        for token in self.site.ours:
            if token.startswith("gsk_"):
                self.site.control("end", token=token)

    def take_back(self, incident):
        contained = [step for step in self.site.report(incident)["steps"] if step["now"]["state"] == "contained"]
        for step in contained[:3]:
            undone = self.site.stanch("incident", "undo", str(step["number"]), "--incident", incident,
                                      *self.site.journal())
            self.restored += [step["number"]] if undone.returncode in (0, 1) else []

    def respond(self):
        self.digest = self.prepare()
        idle = 0
        before = incident = None
        while time.time() - self.begun < self.options.minutes * 60 and idle < IDLE:
            while incident and self.events and self.killed >= self.events[0][0]:
                self.events.pop(0)[1](incident)
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
            left = self.left(incident) if incident else None
            if left == 0 and not self.events:
                break
            if left == 0:
                self.killed = max(self.killed, self.events[0][0])  # all is done before the kills are
            idle = idle + 1 if left == before and not self.waits() else 0
            before = left
        return incident

    def waits(self):
        """Whether only steps are left that a provider made wait."""
        if "parked" in self.states():
            time.sleep(15)
            return True
        return False

    def left(self, incident):
        settled = ("dead", "spared", "contained", "withheld", "restored", "refused")
        return sum(step["now"]["state"] not in settled for step in self.site.report(incident)["steps"])

    def verdict(self, incident):
        site = self.site
        states = site.control("state")
        problems = []
        stays = set(self.stays)
        lost = [token for token in site.ours if states[token] == "live" and token not in stays]
        hurt = [token for token in [*site.strangers, *stays] if states[token] != "live"]
        if len(lost) != len(self.restored):
            problems.append(f"{len(lost)} of ours are live, {len(self.restored)} were taken back")
        if hurt:
            problems.append(f"{len(hurt)} of a stranger's are not")
        check = site.stanch("incident", "show", "--check", incident, *site.journal())
        if "the journal is whole" not in site.text():
            problems.append(f"the journal is not whole (exit {check.returncode})")
        if site.steps != len(site.tokens):
            problems.append(f"the plan has {site.steps} steps")
        if self.options.every_state:
            problems += [f"no kill with a step in {state}" for state in ON_THE_WAY + RARE if not self.kills[state]]
        problems += self.done_twice(incident)
        leaks = self.search()
        if leaks:
            problems.append(f"tokens stand in {leaks[:5]}")
        if self.seen_by_ps:
            problems.append(f"tokens stood in the process list: {sorted(set(self.seen_by_ps))[:5]}")
        return problems

    def done_twice(self, incident):
        """No call after the proof, and no second call while nobody had asked what became of the first."""
        self.site.stanch("incident", "export", incident, *self.site.journal())
        at = {}
        problems = []
        for line in self.site.text().splitlines():
            entry = json.loads(line) if line.startswith("{") else {}
            state = entry.get("to") or {}
            if not state:
                continue
            before = at.get(entry["step"])
            undoing = before == "contained" and state.get("action") == "enable"
            if state["state"] == "intent" and before != "planned" and not undoing:
                problems.append(f"step {entry['step']} was called again in state {before}")
            at[entry["step"]] = state["state"]
        if len(at) != self.site.steps:
            problems.append(f"the journal tells of {len(at)} steps")
        return problems

    def report(self, problems):
        took = time.time() - self.begun
        print(f"{self.site.steps} tokens over {len(self.site.told['bases'])} providers, {self.killed} kills, "
              f"{self.stops} stops, {self.cuts} cuts, {took:.0f} s, seed {self.options.seed}")
        for state in ON_THE_WAY + RARE:
            if self.kills[state]:
                print(f"  killed with steps in {state:<17} {self.kills[state]}")
        for problem in problems:
            print("LOST: " + problem)
        print("nothing lost" if not problems else f"kept: {self.site.folder}")


def main():
    parser = arguments(__doc__, kills=10)
    parser.add_argument("--dumped", type=int, default=0, help="tokens that come by standard input (default: one in ten)")
    parser.add_argument("--every-state", action="store_true", help="bring steps into the rare states too; needs huggingface, "
                        "github and openrouter, and half an hour")
    parser.add_argument("--providers", default="twelve",
                        help="ids, or 'twelve'")
    go(Run, parser.parse_args())


if __name__ == "__main__":
    main()
