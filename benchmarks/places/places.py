"""Places that tokens leak into, generated: images, containers, repositories, and the fakes that hand them out.

Needs a built checkout, git, and podman where an engine is wanted; nothing but the standard library beside.
"""
import gzip
import hashlib
import http.client
import io
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "response"))

import fleet  # noqa: E402

OWNER = "acme"
DAY = 86_400
CREATED = "2026-01-01T00:00:00Z"
LAYER = "layer.v1.tar"
ENDINGS = {"plain": "", "gzip": "+gzip", "zstd": "+zstd"}
BEGAN = 1_791_000_000  # when the first commit of every repository was made: after the fakes' keys were


def git(folder, *args):
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", "-C", str(folder), *args], check=True, env=environment)


class Repository:
    """A bare repository, written commit by commit; None stands for a file that is deleted."""

    def __init__(self, folder, *config):
        folder.mkdir(parents=True)
        git(folder, "init", "--quiet", "--bare", "--initial-branch=main", ".")
        for setting in config:
            git(folder, "config", *setting.split("=", 1))
        self.folder = folder
        self.marks = 0
        self.tips = {}
        self.stream = io.BytesIO()
        self.importer = None

    def commit(self, ref, files, base=None):
        """Adds a commit on top of a ref, or of another one where the ref is new; gives the number it is asked for by."""
        self.marks += 1
        when = f"{BEGAN + self.marks * DAY} +0000"
        parent = self.tips.get(ref, self.tips.get(base))
        head = (f"commit {ref}\nmark :{self.marks}\nauthor Ann <ann@example.org> {when}\n"
                f"committer Ann <ann@example.org> {when}\ndata 4\nwork\n")
        self.stream.write((head + (f"from :{parent}\n" if parent else "")).encode())
        for path, text in files.items():
            if text is None:
                self.stream.write(f"D {path}\n".encode())
            else:
                data = text if isinstance(text, bytes) else text.encode()
                self.stream.write(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
        self.tips[ref] = self.marks
        return self.marks

    def flush(self):
        """Hands the commits of now over to git: a long history need not be held."""
        if self.importer is None:
            self.importer = subprocess.Popen(
                ["git", "-C", str(self.folder), "fast-import", "--quiet", f"--export-marks={self.folder / 'marks'}"],
                stdin=subprocess.PIPE)
        self.importer.stdin.write(self.stream.getvalue())
        self.stream = io.BytesIO()

    def write(self):
        """Hands all commits over to git, and gives their ids by number."""
        self.flush()
        self.importer.stdin.close()
        if self.importer.wait():
            sys.exit("error: git fast-import failed")
        marks = self.folder / "marks"
        ids = dict(line.split() for line in marks.read_text().splitlines())
        marks.unlink()
        return {int(number[1:]): commit for number, commit in ids.items()}


def tar(members):
    """A tar of texts by name; a TarInfo stands for a member without one."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, text in members.items():
            if isinstance(text, tarfile.TarInfo):
                archive.addfile(text)
            else:
                info = tarfile.TarInfo(name)
                data = text if isinstance(text, bytes) else text.encode()
                info.size, info.mode = len(data), 0o644
                archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


class Image:
    """An image, layer by layer, as docker save or an OCI layout has it.

    folder: where its blobs are kept at once, for a layout of layers that together are too much to hold.
    """

    def __init__(self, name, folder=None):
        self.name = name
        self.config = {"Env": ["PATH=/usr/bin:/bin"]}
        self.history = []
        self.layers = []  # digest unpacked, how it is packed, and the packed bytes or what tells of their blob
        self.folder = folder

    def step(self, text):
        """A step of the build that makes no layer."""
        self.history.append({"created": CREATED, "created_by": text, "empty_layer": True})
        return len(self.history)

    def layer(self, instruction, members, how="plain"):
        """A step that makes one; gives how places name it, digest and step."""
        self.history.append({"created": CREATED, "created_by": instruction})
        plain = tar(members)
        packed = self.packed(plain, how)
        self.layers.append((digest(plain), how, self.blob(packed, LAYER + ENDINGS[how]) if self.folder else packed))
        return digest(plain), f"{len(self.history)} {instruction.split()[0]}"

    @staticmethod
    def packed(plain, how):
        if how == "gzip":
            return gzip.compress(plain, 3, mtime=0)
        if how == "zstd":
            return subprocess.run(["zstd", "-q", "-c"], input=plain, stdout=subprocess.PIPE, check=True).stdout
        return plain

    def json(self):
        return json.dumps({
            "architecture": "amd64", "os": "linux", "created": CREATED, "config": self.config, "history": self.history,
            "rootfs": {"type": "layers", "diff_ids": [plain for plain, _, _ in self.layers]}}).encode()

    def saved(self):
        """As docker save writes it."""
        config = self.json()
        members = {digest(config)[7:] + ".json": config}
        for number, (_, _, packed) in enumerate(self.layers):
            members[f"{number:064x}/layer.tar"] = packed
        names = [name for name in members if name.endswith("layer.tar")]
        members["manifest.json"] = json.dumps(
            [{"Config": digest(config)[7:] + ".json", "RepoTags": [self.name], "Layers": names}])
        return tar(members)

    def blob(self, data, kind):
        file = self.folder / "blobs/sha256" / digest(data)[7:]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return {"mediaType": f"application/vnd.oci.image.{kind}", "digest": digest(data), "size": len(data)}

    def layout(self, folder=None):
        """As an OCI layout in a folder."""
        self.folder = self.folder or folder
        layers = [told if isinstance(told, dict) else self.blob(told, LAYER + ENDINGS[how])
                  for _, how, told in self.layers]
        manifest = json.dumps(
            {"schemaVersion": 2, "config": self.blob(self.json(), "config.v1+json"), "layers": layers}).encode()
        index = self.blob(manifest, "manifest.v1+json")
        index["annotations"] = {"io.containerd.image.name": self.name}
        (self.folder / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [index]}))
        (self.folder / "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')


class Engine:
    """A podman of its own, asked by Docker's API: no text of a container ever stands in a list of processes."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="p", dir="/tmp"))  # podman wants short names here
        self.socket = self.folder / "engine.sock"
        self.log = open(self.folder / "log", "wb")
        self.service = subprocess.Popen(
            ["podman", "--root", str(self.folder / "root"), "--runroot", str(self.folder / "run"), "--storage-driver",
             "vfs", "system", "service", "--time=0", f"unix://{self.socket}"], stdout=self.log, stderr=self.log)
        while not self.socket.exists():
            if self.service.poll() is not None:
                sys.exit("error: podman does not start\n" + (self.folder / "log").read_text())
            time.sleep(0.02)
        self.address = f"unix://{self.socket}"

    def ask(self, path, body, kind="application/json"):
        connection = http.client.HTTPConnection("localhost")
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.connect(str(self.socket))
        connection.request("POST", "/v1.41" + path, body, {"Content-Type": kind})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status not in (200, 201):
            sys.exit(f"error: podman answers {answer.status} to {path}")
        return text

    def load(self, image):
        self.ask("/images/load?quiet=1", image.saved(), "application/x-tar")

    def create(self, name, image, **config):
        self.ask(f"/containers/create?name={name}", json.dumps({"Image": image, **config}).encode())

    def close(self):
        self.service.terminate()
        self.service.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Hosts:
    """The fakes of Hugging Face and GitHub, with what a description says in them."""

    def __init__(self, root, description, credentials):
        self.process = subprocess.Popen(
            [fleet.java(), "-Xmx700m", "-cp", fleet.jars(), "dev.stanch.fixtures.FakePlaces", str(root), credentials],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdin.write(json.dumps(description))
        self.process.stdin.close()
        self.told = json.loads(self.process.stdout.readline())

    def __getitem__(self, name):
        return self.told[name]

    def control(self, path):
        with urllib.request.urlopen(self.told["control"] + path) as answer:
            return json.load(answer)

    def requests(self, host):
        return self.control("/requests")[host]

    def close(self):
        self.process.kill()
        self.process.wait()
