#!/usr/bin/env python3
"""A leak from its finding to its end, where nothing can break: thirty tokens of ten providers, and fakes of all of them.

Makes a git repository in whose history the tokens stand, and fakes of the providers that issued them, of Vault, of GitHub's
Actions and of a Space, in which some of them are used. Then it does what README tells: plans, responds, and goes on once
what only a person can restart is restarted; each command is shown with its output. In the end it asks
the fakes: every old token must be refused, and every store must hold a live new one.

  tour.py [--readme update|check] [--keep] [--stanch COMMAND]

--readme puts the story into README, or fails where README tells another one. Needs a built checkout (./stanch), the JDK that
it finds and git; nothing but the standard library.
"""
import argparse
import base64
import json
import re
import shutil
import subprocess
import sys

import boxes
from fleet import ROOT, Site

PROVIDERS = ("huggingface", "gitlab", "openai", "anthropic", "aws", "slack", "doppler", "vercel", "linear", "buildkite")
USED = ("gitlab", "aws")  # in stores
PLACES = {"deploy/production.env": "vault:secret/production#", "ci/pipeline.env": "github-actions:acme/app#",
          "space/settings.env": "space-secret:acme/demo#"}
README = ROOT / "README.md"
STORY = re.compile(r"(<!-- tour -->\n```console\n)(.*?)(```\n)", re.DOTALL)


def steady(text):
    """A text without what no two runs have in common."""
    for pattern, name in ((r"\b[0-9a-f]{32,64}\b", "HASH"), (r"\bi[a-z0-9]{8}\b", "INCIDENT"), (r"v1:[A-Za-z0-9_-]+", "ID"),
                          (r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME"), (r"\d+\.\d minutes", "MINUTES"),
                          (r"\S*…\S*", "TOKEN"), (r"\d+(, \d+)*( and \d+ more)?", "NUMBERS")):
        text = re.sub(pattern, name, text)
    return "\n".join(sorted(text.splitlines()))


class Tour:
    def __init__(self, options):
        self.options = options
        self.site = Site(["stores", *(f"{provider}=3" for provider in PROVIDERS)], options.stanch, seed=30, prefix="tour-")
        self.story = ""
        self.problems = []

    def git(self, *args):
        subprocess.run(["git", "-c", "user.name=Ann", "-c", "user.email=ann@example.com", *args], cwd=self.site.folder / "app",
                       check=True, stdout=subprocess.DEVNULL)

    def leak(self):
        site = self.site
        repository = site.folder / "app"
        repository.mkdir()
        self.git("init", "-q", "-b", "main")
        self.sinks = {}
        texts = {place: "" for place in PLACES}
        mapping = "sinks:\n"
        for provider in PROVIDERS:
            mine = [token for token in site.ours if site.told["providers"][token] == provider]
            for (place, store), token in zip(PLACES.items(), mine):
                name = "AWS_SECRET_ACCESS_KEY" if provider == "aws" else provider.upper() + "_TOKEN"
                texts[place] += site.lines(token)
                if provider not in USED:
                    continue
                self.sinks[token] = store + name
                site.control("put", store=store + name, value=token)
                to = f"'{store}{name}'"
                if provider == "aws":
                    site.control("put", store=store + "AWS_ACCESS_KEY_ID", value=site.told["parts"][token]["id"])
                    to = f"[{to}, {{sink: '{store}AWS_ACCESS_KEY_ID', part: id}}]"
                mapping += f"  - {{provider: {provider}, path: {place}, to: {to}}}\n"
        for message, content in (("Set the services up", texts), ("Keep tokens elsewhere", dict.fromkeys(PLACES, "# see Vault\n"))):
            for place, text in content.items():
                (repository / place).parent.mkdir(exist_ok=True)
                (repository / place).write_text(text)
            self.git("add", ".")
            self.git("commit", "-q", "-m", message)
        (site.folder / "sinks.yml").write_text(mapping)
        (site.folder / "sample").mkdir()
        (site.folder / "sample" / "few.env").write_text("".join(texts.values()))
        site.configure()
        shutil.rmtree(site.folder / "sample")

    def tell(self, *args, last=0):
        """Runs a command as people type it, and writes down what they see of it: all, or so many lines of the end."""
        done = self.site.stanch(*args, "--quiet")
        lines = self.site.text().rstrip().splitlines()
        asides = [line for line in lines if line.startswith(("hint: ", "warning: ", "error: "))]
        result = [line for line in lines if line not in asides][-last:]
        self.story += f"$ stanch {' '.join(args)}{f' | tail -n {last}' if last else ''}\n" + "\n".join(asides + result) + "\n\n"
        return done.returncode

    def run(self):
        site = self.site
        self.leak()
        self.tell("plan", "--rotate", "--or-revoke", "--sinks", "sinks.yml", "--format", "json", "--output", "plan.json", "git:app")
        plan = json.loads((site.folder / "plan.json").read_text())
        self.tell("respond", "--apply", "--plan", "plan.json", "--plan-hash", plan["hash"], "--proof-interval", "1", last=14)
        incident = site.incident()
        waiting = [str(step["number"]) for step in site.report(incident)["steps"] if step["now"]["state"] == "delivered"]
        status = self.tell("incident", "resume", incident, "--activated", ",".join(waiting), "--proof-interval", "1", last=7)
        self.verdict(status, site.report(incident))

    def verdict(self, status, report):
        states = self.site.control("state")
        told = self.site.control("stores")
        live = {token for all in self.site.control("keys").values() for token, key in all.items() if key["state"] == "live"}
        old = [token for token in self.site.ours if states[token] == "live"]
        self.expect(not old, f"{len(old)} old tokens are live: {[self.site.told['providers'][token] for token in old]}")
        self.expect(len(self.site.ours) == len(report["steps"]) == 30, f"{len(report['steps'])} steps")
        for token, store in self.sinks.items():
            value = told["values"].get(store) or boxes.opened(
                base64.b64decode(told["boxes"][store]), bytes.fromhex(told["private-key"])).decode()
            self.expect(value != token and value in live, f"{store} holds no new token")
        self.expect(not told["stale"], "the Space was not restarted")
        left = {step["now"]["state"] for step in report["steps"]} - {"dead", "contained"}
        self.expect(not left, f"left: {left}")
        self.expect(status in (0, 1), f"exit {status}")

    def expect(self, true, otherwise):
        if not true:
            self.problems.append(otherwise)

    def readme(self):
        text = README.read_text()
        told = STORY.search(text)
        if not told:
            self.problems.append("README has no tour")
        elif self.options.readme == "update":
            README.write_text(text[:told.start(2)] + self.story.rstrip() + "\n" + text[told.end(2):])
        elif steady(told.group(2).rstrip()) != steady(self.story.rstrip()):
            self.problems.append("README tells another story: benchmarks/response/tour.py --readme update")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readme", choices=("update", "check"))
    parser.add_argument("--keep", action="store_true", help="leave everything where it is")
    parser.add_argument("--stanch", default=str(ROOT / "stanch"))
    options = parser.parse_args()
    tour = Tour(options)
    try:
        tour.run()
        print(tour.story.rstrip() + "\n")
        if options.readme:
            tour.readme()
        for problem in tour.problems:
            print("WRONG: " + problem)
        print(f"kept: {tour.site.folder}" if tour.problems or options.keep else "the fakes agree: every old token is refused,"
              " every store holds a new one")
        if not tour.problems and not options.keep:
            shutil.rmtree(tour.site.folder)
        sys.exit(1 if tour.problems else 0)
    finally:
        tour.site.close()


if __name__ == "__main__":
    main()
