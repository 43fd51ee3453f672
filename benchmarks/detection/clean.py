#!/usr/bin/env python3
"""Fetches public text without secrets: clean.py FOLDER puts the packages of clean-packages.txt there as FOLDER/clean.

Each package comes through its ecosystem's own client (pip, npm, Maven, go). Only text is kept; nothing of it belongs in
the project's tree.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

PACKAGES = Path(__file__).resolve().parent / "clean-packages.txt"
LARGEST = 4_000_000
# Not text, or not written by people: what is left is what a person would scan and read.
SKIPPED = re.compile(r"(\.min\.(js|css|mjs)|\.map|\.mo|\.png|\.jpe?g|\.gif|\.woff2?|\.ttf|\.ico|\.pdf|\.zip|\.gz|\.jar|\.wasm|\.so|\.pyc)$")
# A key that was committed on purpose, for a test: a true finding of any scanner, so not clean text.
PRIVATE_KEY = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=\r\n]{64}")


def run(*command, cwd, **more):
    return subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.PIPE, **more).stdout


def pypi(name, version, work):
    run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "-d", ".", f"{name}=={version}", cwd=work)


def npm(name, version, work):
    run("npm", "pack", "--silent", f"{name}@{version}", cwd=work)


def maven(name, version, work):
    plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.8.0:copy"
    run("mvn", "-q", "-B", "-Dstyle.color=never", plugin, f"-Dartifact={name}:{version}:jar:sources", f"-DoutputDirectory={work}", cwd=work)


def go(name, version, work):
    environment = {**os.environ, "GOMODCACHE": str(Path(work) / "mod"), "GOFLAGS": "-modcacherw"}
    answer = json.loads(run("go", "mod", "download", "-json", f"{name}@{version}", cwd=work, env=environment))
    shutil.copy(answer["Zip"], work)
    shutil.rmtree(Path(work) / "mod")


CLIENTS = {"pypi": pypi, "npm": npm, "maven": maven, "go": go}


def members(archive):
    """(path, bytes) of the files in an archive; never extracted by name alone."""
    if archive.suffix in (".whl", ".jar", ".zip"):
        with zipfile.ZipFile(archive) as box:
            for item in box.infolist():
                if not item.is_dir() and item.file_size <= LARGEST:
                    yield item.filename, box.read(item)
    else:
        with tarfile.open(archive) as box:
            for item in box:
                if item.isfile() and item.size <= LARGEST:
                    yield item.name, box.extractfile(item).read()


def is_text(data):
    if not data or b"\0" in data:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return max(map(len, data.split(b"\n"))) < 20_000


def unpack(archive, target):
    size = held = 0
    for name, data in members(archive):
        parts = [part for part in name.split("/") if part not in ("", ".", "..")]
        if not parts or SKIPPED.search(name) or not is_text(data):
            continue
        if PRIVATE_KEY.search(data):
            held += 1
            continue
        path = target.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        size += len(data)
    return size, held


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder.resolve() / "clean"
    total = failed = 0
    rows = []
    for line in PACKAGES.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        client, name, version = line.split()
        target = folder / client / re.sub(r"[^A-Za-z0-9.]+", "-", f"{name}-{version}")
        done = folder.parent / "clean.sizes" / client / target.name
        if not done.exists():
            with tempfile.TemporaryDirectory() as work:
                try:
                    CLIENTS[client](name, version, work)
                except (subprocess.CalledProcessError, OSError) as problem:
                    print(f"{client} {name} {version}: {problem}", file=sys.stderr)
                    failed += 1
                    continue
                archive = next(path for path in Path(work).iterdir() if path.is_file())
                size, held = unpack(archive, target)
                done.parent.mkdir(parents=True, exist_ok=True)
                done.write_text(f"{size} {held}\n")
        size, held = map(int, done.read_text().split())
        total += size
        rows.append(f"{size / 1e6:8.2f} MB  {client} {name} {version}" + (f"  ({held} files with test keys left out)" if held else ""))
    print("\n".join(rows))
    (folder.parent / "clean.megabytes").write_text(f"{total / 1e6:.3f}\n")
    print(f"{total / 1e6:8.2f} MB  in all, {failed} packages missing")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
