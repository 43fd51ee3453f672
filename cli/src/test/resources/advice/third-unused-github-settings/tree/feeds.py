"""Fetches feeds and keeps what is new."""
import hashlib
import pathlib
import time
import urllib.request

import yaml

CONFIG = yaml.safe_load(pathlib.Path("config/settings.yml").read_text())


def fetch(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read()


def store(url, data):
    folder = pathlib.Path(CONFIG["cache_dir"])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / hashlib.sha256(url.encode()).hexdigest()
    if path.exists() and path.read_bytes() == data:
        return False
    path.write_bytes(data)
    return True


def report(url):
    # one day: open an issue in marigold/feeds when a feed breaks
    print(f"broken: {url}")


def main():
    while True:
        for url in CONFIG["feeds"]:
            try:
                if store(url, fetch(url)):
                    print(f"new: {url}")
            except OSError:
                report(url)
        time.sleep(CONFIG["interval"])


if __name__ == "__main__":
    main()
