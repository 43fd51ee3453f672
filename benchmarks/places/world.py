#!/usr/bin/env python3
"""Plants tokens in every kind of place, and looks whether each is found where it is, and dies.

An engine with containers, images whose later layers delete tokens, Compose projects, the dump of a cluster with
releases of Helm, Spaces of an organisation, repositories at GitHub with issues, reviews, gists and logs: each token stands in
known places, at a known line, in a known commit or layer. Everything is scanned, and compared: tokens that are missing,
findings that nobody planted, tokens with another set of places than planted. Then one response revokes all of them on
the fakes that issued them, and an inventory that asks must show none live.

  world.py [--small] [--seed 1] [--keep] [--stanch COMMAND]

--small takes a tenth of everything. Needs a built checkout (./stanch), the JDK that it finds, git and zstd; without
podman there are no containers, and it says so.
"""
import argparse
import base64
import datetime
import gzip
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

from places import OWNER, Engine, Hosts, Image, Repository, fleet

# Providers whose tokens show four characters of their end, by which a finding is told from another.
PROVIDERS = [spec for spec in fleet.TWELVE if spec != "gitlab"]
FULL = {"containers": (40, 60), "images": (15, 60), "compose": (3, 24), "cluster": (1, 26), "spaces": (60, 90),
        "repositories": (120, 140)}
SMALL = {"containers": (4, 6), "images": (3, 12), "compose": (1, 8), "cluster": (1, 9), "spaces": (6, 12),
         "repositories": (12, 20)}
HUB = 0.25  # of all tokens
MOMENT = "2026-02-20T10:00:02.1234567Z"  # how a line of a log of Actions begins
LOGS = "github.jsonl"  # the report of the scan that reads logs: as a source, GitHub comes without


class World:
    """What is planted: places by token, and everything that is needed to scan them."""

    def __init__(self, sizes, seed, stanch):
        self.sizes = sizes
        self.random = random.Random(seed)
        self.planted = {}
        self.skipped = []
        self.engine = self.hosts = None
        wanted = sum(tokens for _, tokens in sizes.values())
        hub = int(wanted * HUB)
        each = (wanted - hub) // (len(PROVIDERS) - 1) + 4
        # One in ten of the Hub's tokens is a stranger's, which nobody here leaks.
        specs = [f"{spec}={hub * 10 // 9 + 20 if spec == 'huggingface' else each}" for spec in PROVIDERS]
        self.site = fleet.Site(specs, stanch, seed, prefix="places-world-")
        self.folder = self.site.folder
        self.free = self.told_apart(self.site.ours, wanted + 1)
        self.own = next(token for token in self.free if token.startswith("hf_"))
        self.free.remove(self.own)

    def told_apart(self, tokens, count):
        """So many tokens of whom no two end alike."""
        ends, found = set(), []
        for token in self.random.sample(tokens, len(tokens)):
            if token[-4:] not in ends:
                ends.add(token[-4:])
                found.append(token)
        if len(found) < count:
            sys.exit("error: too few tokens can be told apart; take another seed")
        hub = next(token for token in found if token.startswith("hf_"))
        return [hub] + [token for token in found if token != hub][:count - 1]

    def plant(self, *places):
        """Takes a token that is in no place yet, to stand in these."""
        token = self.free.pop()
        self.planted[token] = [dict(place) for place in places]
        return token

    def also(self, token, **place):
        self.planted[token].append(place)

    def noise(self):
        """What looks like a token to whoever does not look closely."""
        return "\n".join([
            f"checksum: sha256-{self.random.getrandbits(256):064x}", f"request {self.uuid()} took 12 ms",
            f"commit {self.random.getrandbits(160):040x}", "HF_TOKEN=${HF_TOKEN}", "api_key: <your-api-key>",
            "password = os.environ['PASSWORD']", "OPENAI_API_KEY=changeme", "token = xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"]) + "\n"

    def uuid(self):
        bits = f"{self.random.getrandbits(128):032x}"
        return f"{bits[:8]}-{bits[8:12]}-4{bits[13:16]}-a{bits[17:20]}-{bits[20:]}"

    def line(self, token):
        """A line of a file that holds a token, and the column where it stands."""
        form = self.random.choice(["HUB_TOKEN={}", 'token: "{}"', "export KEY='{}'", '{{"apiKey": "{}"}}', "key = {}"])
        text = form.format(token)
        return text + "\n", text.index(token) + 1

    def spread(self, kind):
        """For each token of a kind of place: its number, the unit that it goes to, and how many went there before."""
        units, tokens = self.sizes[kind]
        return [(number, number % units, number // units) for number in range(tokens)]

    # Containers and images

    def containers(self):
        if not shutil.which("podman"):
            self.skipped.append("no containers: podman is not installed")
            return
        self.engine = Engine()
        base = Image("localhost/world/base:1")
        base.layer("COPY file in /", {"app/readme": "hello\n"})
        self.engine.load(base)
        units = [{} for _ in range(self.sizes["containers"][0])]
        for number, unit, before in self.spread("containers"):
            at = {"kind": "container", "container": f"container:box-{unit}", "line": 1}
            config = units[unit]
            form = (unit + before) % 5
            path = ("TOKEN", "command", "label ci.token", "health check", "entrypoint")[form]
            token = self.plant({**at, "path": path})
            if form == 0:
                config["Env"] = ["MODE=fast", f"TOKEN={token}"]
            elif form == 1:
                config["Cmd"] = ["serve", "--token", token]
            elif form == 2:
                config["Labels"] = {"ci.token": token, "team": "web"}
            elif form == 3:
                config["Healthcheck"] = {"Test": ["CMD-SHELL", f"curl -H 'Authorization: Bearer {token}' localhost"]}
            else:
                config["Entrypoint"] = ["/app", "--key", token]
        for number, config in enumerate(units):
            self.engine.create(f"box-{number}", base.name, **{"Cmd": ["serve"], **config})

    def images(self):
        self.image_names = []
        units = []
        for number in range(self.sizes["images"][0]):
            of_engine = number % 3 == 0 and self.engine is not None
            units.append(Image(("localhost/" if of_engine else "") + f"world/app-{number}:1"))
        packed = ["plain", "gzip", "zstd" if shutil.which("zstd") else "gzip"]
        for number, unit, before in self.spread("images"):
            image = units[unit]
            at = {"container": self.image_place(number % self.sizes["images"][0], image)}
            if before % 4 < 2:
                self.layered(image, number, at, packed[number % 3], kept=before % 4 == 1)
            elif before % 4 == 2:
                token = self.plant({**at, "kind": "image-config", "path": f"HUB_{before}", "line": 1})
                image.config["Env"].append(f"HUB_{before}={token}")
            else:
                token = self.plant({**at, "kind": "image-config", "line": 1})
                step = image.step(f"RUN |1 KEY={token} /bin/sh -c make")
                self.planted[token][0]["path"] = f"history {step}"
        for number, image in enumerate(units):
            image.layer("RUN /bin/sh -c clean", {"var/log/build": self.noise()}, "gzip")
            self.kept_image(number, image)

    def image_place(self, unit, image):
        """How places name an image: by the file that it is in, where no engine knows it."""
        if image.name.startswith("localhost/"):
            return f"image:{image.name}"
        return f"{(self.folder / self.image_file(unit)).as_uri()}{'' if unit % 3 == 1 else '/'}#{image.name}"

    @staticmethod
    def image_file(unit):
        return f"image-{unit}" + (".tar" if unit % 3 == 1 else "")

    def layered(self, image, number, at, packed, kept):
        """A file in a layer, which a later layer may delete, hide with its folder, or replace."""
        path = f"app/{number}/settings.env"
        token = self.plant({**at, "kind": "image", "path": path, "line": 9, "inImage": kept})
        line, column = self.line(token)
        layer, step = image.layer("COPY settings in /app", {path: self.noise() + line}, packed)
        self.planted[token][0].update(layer=layer, step=step, column=column)
        if not kept:
            image.layer("RUN /bin/sh -c rm", [
                {f"app/{number}/.wh.settings.env": ""}, {f"app/{number}/.wh..wh..opq": ""}, {path: "empty now\n"},
                {f"app/.wh.{number}": ""}][number % 4], packed)

    def kept_image(self, number, image):
        if image.name.startswith("localhost/"):
            self.engine.load(image)
            self.image_names.append(image.name)
            return
        file = self.folder / self.image_file(number)
        if file.suffix == ".tar":
            file.write_bytes(image.saved())
        else:
            image.layout(file)
        self.image_names.append(str(file))

    # Compose and Kubernetes

    def compose(self):
        self.compose_files = []
        held = {}
        for number, unit, before in self.spread("compose"):
            folder = self.folder / f"compose-{unit}"
            at = {"kind": "compose", "container": f"compose:{(folder / 'compose.yaml').as_uri()}", "line": 1}
            path = ("services.web.environment.HUB_TOKEN", "services.web.command", "services.web.labels[hub.token]",
                    "services.web.build.args.KEY", "services.web.environment.DEFAULT",
                    "services.web.env_file[web.env].HUB_KEY", "secrets.model", "configs.inline.content")[before % 8]
            held.setdefault(unit, []).append(self.plant({**at, "path": path}))
        for unit, tokens in held.items():
            folder = self.folder / f"compose-{unit}"
            (folder / "secrets").mkdir(parents=True)
            one = [*tokens, *["none"] * 8]
            (folder / "compose.yaml").write_text(f"""\
services:
  web:
    image: shop/web
    command: [serve, --token, {one[1]}]
    environment:
      MODE: fast
      HUB_TOKEN: {one[0]}
      DEFAULT: ${{NOT_SET:-{one[4]}}}
    labels:
      hub.token: {one[2]}
    build:
      context: .
      args: {{KEY: {one[3]}}}
    env_file: web.env
    secrets: [model]
secrets:
  model: {{file: ./secrets/model.txt}}
configs:
  inline: {{content: 'token = "{one[7]}"'}}
""")
            (folder / "web.env").write_text(f"A=1\nHUB_KEY={one[5]}\n")
            (folder / "secrets/model.txt").write_text(one[6] + "\n")
            self.compose_files.append(str(folder / "compose.yaml"))

    def cluster(self):
        file = self.folder / "dump.json"
        self.dump = str(file)
        container = f"k8s:{file.as_uri()}"
        items, release = [], {}

        def at(path, line=1):
            return {"kind": "k8s", "container": container, "path": "web/" + path, "line": line}

        def item(kind, name, **fields):
            items.append({"apiVersion": "apps/v1" if kind == "Deployment" else "v1", "kind": kind,
                          "metadata": {"name": name, "namespace": "web"}, **fields})

        def deployment(name, **app):
            item("Deployment", name, spec={"template": {"spec": {"containers": [{"name": "app", **app}]}}})

        def encoded(text):
            return base64.b64encode(text if isinstance(text, bytes) else text.encode()).decode()

        def helm(number):
            """The release of this token: five share one."""
            name = f"sh.helm.release.v1.shop-{number // 9}.v1"
            if release.get("secret") != name:
                release.clear()
                release.update(secret=name, told={
                    "name": "shop", "config": {"hub": {}}, "chart": {"values": {}, "files": []}, "hooks": []})
                items.append((name, release["told"]))
            return release["told"], f"Secret/{name}:data.release."

        for number, _, _ in self.spread("cluster"):
            form = number % 9
            name = f"thing-{number}"
            if form == 0:
                item("Secret", name, data={"token": encoded(self.plant(at(f"Secret/{name}:data.token")))})
            elif form == 1:
                env = "spec.template.spec.containers[app].env[HUB]"
                token = self.plant(at(f"Secret/{name}:data.token"), at(f"Deployment/{name}:{env}"))
                item("Secret", name, data={"token": encoded(token)})
                deployment(name, env=[{"name": "HUB", "valueFrom": {"secretKeyRef": {"name": name, "key": "token"}}}])
            elif form == 2:
                token = self.plant(at(f"ConfigMap/{name}:data[app.ini]", 2))
                item("ConfigMap", name, data={"app.ini": f"[hub]\ntoken = {token}\n", "MODE": "fast"})
            elif form == 3:
                token = self.plant(at(f"Deployment/{name}:spec.template.spec.containers[app].command"))
                deployment(name, command=["serve", "--token", token])
            elif form == 4:
                told, path = helm(number)
                told["config"]["hub"]["token"] = self.plant(at(path + "config.hub.token"))
            elif form == 5:
                told, path = helm(number)
                told["chart"]["values"]["apiToken"] = self.plant(at(path + "chart.values.apiToken"))
            elif form == 6:
                told, path = helm(number)
                token = self.plant(at(path + "chart.files[init.sh]", 2))
                told["chart"]["files"].append({"name": "init.sh", "data": encoded(f"#!/bin/sh\nexport KEY={token}\n")})
            elif form == 7:
                told, path = helm(number)
                token = self.plant(at(path + "manifest[Secret/hub].data.token"))
                told["manifest"] = f"---\nkind: Secret\nmetadata: {{name: hub}}\ndata: {{token: {encoded(token)}}}\n"
            else:
                told, path = helm(number)
                token = self.plant(at(path + "hooks[migrate].manifest[Job].spec.args"))
                told["hooks"].append({"name": "migrate", "manifest": f"kind: Job\nspec: {{args: [--token, {token}]}}\n"})
        for number, one in enumerate(items):
            if isinstance(one, tuple):
                packed = encoded(gzip.compress(json.dumps(one[1]).encode(), mtime=0))
                items[number] = {"apiVersion": "v1", "kind": "Secret", "type": "helm.sh/release.v1",
                                 "metadata": {"name": one[0], "namespace": "web"}, "data": {"release": encoded(packed)}}
        file.write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": items}, indent=1))

    # Spaces and repositories

    def committed(self, repository, address, number, pull):
        """A token in a file of a history: at the tip, deleted since, or in a pull request alone."""
        form = number % 3
        path = f"src/module{number}/settings.py"
        token = self.plant({"kind": "git", "path": path, "line": 9, "inTips": form != 1})
        line, column = self.line(token)
        files = {path: self.noise() + line}
        if form == 2:
            mark = repository.commit(pull.format(number + 1), files, "refs/heads/main")
        else:
            mark = repository.commit("refs/heads/main", files)
            if form == 1:
                repository.commit("refs/heads/main", {path: None if number % 2 else "moved\n"})
        self.addresses.append((token, address, repository, mark, column))

    def histories(self, folder, names, path):
        """A repository for each, with a file in it and nothing to find."""
        repositories = []
        for name in names:
            repository = Repository(folder / path.format(name))
            repository.commit("refs/heads/main", {"readme.md": f"# {name}\n\n" + self.noise()})
            repositories.append(repository)
        return repositories

    def hosted(self):
        root = self.folder / "git"
        self.addresses = []
        spaces = [f"{OWNER}/space-{number}" for number in range(self.sizes["spaces"][0])]
        told_spaces = [{"id": name, "sdk": "docker", "hidden": number % 4 == 0, "variables": [], "secrets": ["KEPT"],
                        "logs": {"build": ["step 1", "step 2"], "run": ["starting", "ready"]}}
                       for number, name in enumerate(spaces)]
        of_spaces = self.histories(root, spaces, "spaces/{}")
        jobs = []
        for number, unit, before in self.spread("spaces"):
            told, at = told_spaces[unit], {"kind": "space", "container": f"space:{spaces[unit]}", "line": 1}
            form = (unit + before) % 5
            if form < 2:
                self.committed(of_spaces[unit], ("hub", f"/spaces/{spaces[unit]}"), number, "refs/pr/{}")
            elif form == 2:
                name = f"HUB_{number}"
                shown = before % 2 == 0
                token = self.plant({**at, "path": name if shown else f"{name} (description)"})
                told["variables"].append({"name": name, "value": token if shown else "fast",
                                          "description": "" if shown else f"was {token} once"})
            elif form == 3:
                which = ("build", "run")[number % 2]
                token = self.plant({**at, "path": f"logs/{which}", "line": 3 + len(told["logs"][which]) - 2})
                told["logs"][which].append(f"the key is {token} now")
            else:
                token = self.plant({"kind": "job", "container": f"jobs:{OWNER}", "path": f"job{number}/HUB_TOKEN", "line": 1})
                jobs.append({"id": f"job{number}", "variable": "HUB_TOKEN", "value": token, "secret": "KEPT"})
        names = [f"app-{number}" for number in range(self.sizes["repositories"][0])]
        of_github = self.histories(root, names, OWNER + "/{}.git")
        told_repositories = [
            {"name": name, "hidden": number % 3 == 0, "variables": [], "secrets": ["KEPT"], "runs": [],
             "issues": [{"kind": "pulls" if one % 3 == 2 else "issues", "title": f"it fails {one}",
                         "body": self.noise(), "said": []} for one in range(25 if number % 10 == 0 else 3)]}
            for number, name in enumerate(names)]
        gists = []
        for number, unit, before in self.spread("repositories"):
            self.written(number, unit, names[unit], told_repositories[unit], of_github[unit], gists)
        ids = {repository: repository.write() for repository in [*of_spaces, *of_github]}
        description = {"owner": OWNER, "hub-token": self.own, "github-token": "a-token-of-this-machine-0123456789",
                       "spaces": told_spaces, "jobs": jobs, "repositories": told_repositories, "gists": gists}
        self.hosts = Hosts(root, description, self.site.told["bases"]["huggingface"])
        for token, (host, path), repository, mark, column in self.addresses:
            self.planted[token][0].update(container=self.hosts[host] + path, commit=ids[repository][mark], column=column)

    def written(self, number, unit, name, told, repository, gists):
        """A token in a repository's history, in what people wrote there, or in a gist."""
        at = {"kind": "github", "container": f"github:{OWNER}/{name}", "line": 1}
        form = number % 20
        pull = 3  # every repository's third
        said = {14: ("comment", "issues/1/comments/"), 15: ("line-comment", f"pulls/{pull}/comments/"),
                16: ("review", f"pulls/{pull}/reviews/")}
        if form < 13:
            self.committed(repository, ("github-server", f"/{OWNER}/{name}.git"), number, "refs/pull/{}/head")
        elif form == 13:
            last = len(told["issues"])
            token = self.plant({**at, "path": ("pulls/" if last % 3 == 0 else "issues/") + str(last),
                                "line": 3 + told["issues"][-1]["body"].count("\n")})  # below the title
            told["issues"][-1]["body"] += token + "\n"
        elif form in said:
            how, path = said[form]
            token = self.plant({**at, "path": f"{path}{9000 + number}"})
            told["issues"][0 if form == 14 else 2]["said"].append(
                {"as": how, "id": 9000 + number, "body": f"try {token} instead"})
        elif form == 17:
            token = self.plant({**at, "path": "variables/HUB_TOKEN"})
            told["variables"].append({"name": "HUB_TOKEN", "value": token})
        elif form == 18:
            token = self.plant({**at, "path": f"actions/runs/{number}/job/{9000 + number}", "line": 3})
            told["runs"].append({"id": number, "job": 9000 + number, "created": f"{datetime.date.today()}T00:00:00Z",
                                 "log": f"2026-02-20T10:00:00.1Z start\n2026-02-20T10:00:01.1Z make\n{MOMENT} key {token}\n"})
        else:
            token = self.plant({"kind": "github", "container": f"gists:{OWNER}", "path": f"aa{number}/note.md", "line": 2})
            gists.append({"id": f"aa{number}", "file": "note.md", "content": f"# note\nmy {token}\n"})

    # What is done with it

    def build(self):
        for part in (self.containers, self.images, self.compose, self.cluster, self.hosted):
            part()
        environment = self.site.environment
        environment.update(HF_ENDPOINT=self.hosts["hub"], HF_TOKEN=self.own, GITHUB_API_URL=self.hosts["github"],
                           GH_ENTERPRISE_TOKEN="a-token-of-this-machine-0123456789", GIT_CONFIG_NOSYSTEM="1")
        if self.engine:
            environment["DOCKER_HOST"] = self.engine.address

    def sources(self):
        return [*(["container:"] if self.engine else []), *(f"image:{name}" for name in self.image_names),
                *(f"compose:{file}" for file in self.compose_files), f"k8s:{self.dump}", f"space:{OWNER}",
                f"github:{OWNER}", LOGS]

    def scans(self):
        images = [word for name in self.image_names for word in ("--image", name)]
        return [*([["container"]] if self.engine else []), ["container", *images],
                *(["container", "--compose", file] for file in self.compose_files), ["k8s", "--file", self.dump],
                ["space", OWNER], ["github", OWNER, "--logs", "30"]]

    def close(self):
        for one in (self.engine, self.hosts, self.site):
            if one:
                one.close()


def timed(what, run):
    begun = time.time()
    result = run()
    print(f"{what}: {time.time() - begun:.1f} s", flush=True)
    return result


def scanned(world, arguments):
    """The findings of one scan, and what of it was not read."""
    file = world.folder / (LOGS if arguments[0] == "github" else "found.jsonl")
    process = world.site.stanch("scan", *arguments, "-q", "-f", "jsonl", "-o", str(file))
    objects = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
    problems = [f"scan {arguments[0]} skipped {one['place']}: {one['reason']}" for one in objects
                if one["type"] == "skip" and one["kind"] == "skipped"]
    if process.returncode not in (0, 1):
        problems.append(f"scan {arguments[0]} ended with {process.returncode}: {world.site.text()[:300]}")
    return [one for one in objects if one["type"] == "finding"], problems


def fits(place, wanted):
    return all(place.get(name) == value for name, value in wanted.items())


def short(place):
    return {name: place[name] for name in ("kind", "container", "path", "line", "inTips", "inImage", "step", "commit")
            if name in place}


def compared(world, findings):
    """Missing, extra and misplaced tokens, each with a line that says what is wrong."""
    by_end = {token[-4:]: token for token in world.planted}
    missing, extra, misplaced = [], [], []
    found = {}
    for finding in findings:
        token = by_end.get(finding["redacted"][-4:])
        if token is None or not token.startswith(finding["redacted"].split("…")[0]):
            extra.append(f"extra: {finding['rule']} {finding['redacted']} at {short(finding['places'][0])}")
        else:
            found.setdefault(token, []).extend(finding["places"])
    for token, wanted in world.planted.items():
        places = list(found.get(token, []))
        if not places:
            missing.append(f"missing: …{token[-4:]} at {wanted}")
            continue
        unseen = []
        for one in wanted:
            match = next((place for place in places if fits(place, one)), None)
            if match:
                places.remove(match)
            else:
                unseen.append(one)
        if unseen or places:
            misplaced.append(f"misplaced: …{token[-4:]} is not at {unseen}, but at {[short(one) for one in places]}")
    return missing, extra, misplaced


def dead(world):
    """Revokes everything, and says what is live still."""
    site = world.site
    few = {token.split("_")[0][:6]: token for token in world.planted}
    (site.folder / "sample").mkdir()
    (site.folder / "sample/few.env").write_text("".join(f"token = {token}\n" for token in few.values()))
    site.configure()
    plan = timed("plan", lambda: site.planned(*world.sources()))
    problems = []
    if len(plan["steps"]) != len(world.planted):
        problems.append(f"the plan has {len(plan['steps'])} steps: {site.text()[:500]}")
    collateral = [str(step["number"]) for step in plan["steps"] if step.get("collateral")]
    allowed = ["--allow-collateral", ",".join(collateral)] if collateral else []
    process = timed("respond", lambda: site.stanch(
        "respond", "--apply", "--plan", "plan.json", "--plan-hash", plan["hash"], *allowed, "--proof-interval", "1", "--quiet",
        *world.sources()))
    if process.returncode not in (0, 1):  # 1 where a key is switched off, and a person may delete it
        problems.append(f"respond ended with {process.returncode}: {site.text()[-700:]}")
    states = site.control("state")
    live = [token for token in world.planted if states[token] == "live"]
    problems += [f"live: …{token[-4:]} at {world.planted[token]}" for token in live]
    site.stanch("inventory", "--verify", "-q", "-f", "json", "-o", "inventory.json", *world.sources())
    items = json.loads((site.folder / "inventory.json").read_text())["items"]
    verdicts = {}
    for item in items:
        verdicts[item["verdict"]] = verdicts.get(item["verdict"], 0) + 1
    print(f"inventory: {verdicts}")
    if any(verdict.startswith("live") or verdict == "unknown" for verdict in verdicts):
        problems.append("the inventory shows live ones, or does not know")
    if sum(count for verdict, count in verdicts.items() if verdict.startswith("dead")) != len(world.planted):
        problems.append("the inventory shows others than were planted")
    return problems


def leaked(world):
    """Where a token stands among what Stanch wrote."""
    written = [*world.site.logs, *(world.folder / name for name in ("found.jsonl", LOGS, "plan.json", "inventory.json")),
               *(file for file in (world.folder / "home").rglob("*") if file.is_file())]
    return [f"leaked: …{token[-4:]} in {file}" for file in written if file.exists()
            for data in [file.read_bytes()] for token in [*world.planted, world.own] if token.encode() in data]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="a tenth of everything")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="leaves everything where it is, for a look")
    parser.add_argument("--stanch", default=str(fleet.ROOT / "stanch"))
    options = parser.parse_args()
    world = World(SMALL if options.small else FULL, options.seed, options.stanch)
    problems = ["it did not come to its end"]
    try:
        timed("world", world.build)
        findings, problems = [], []
        for arguments in world.scans():
            some, unread = timed("scan " + arguments[0], lambda: scanned(world, arguments))
            findings += some
            problems += unread
        missing, extra, misplaced = compared(world, findings)
        problems += [*missing, *extra, *misplaced]
        print(f"{len(world.planted)} tokens planted: {len(missing)} missing, {len(extra)} extra, {len(misplaced)} misplaced")
        problems += timed("revoked and proven", lambda: dead(world))
        problems += leaked(world)
    finally:
        world.close()
        for line in [*world.skipped, *problems[:60]]:
            print(line)
        if problems or options.keep:
            print(f"kept: {world.folder}")
        else:
            shutil.rmtree(world.folder)
    print("nothing missed" if not problems else f"{len(problems)} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
