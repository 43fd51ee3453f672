#!/usr/bin/env python3
"""Turns the commits since the last tag into a changelog section, without any SDK."""
import os
import subprocess
import sys

import httpx
from dotenv import load_dotenv

load_dotenv()

API = "https://api.anthropic.com/v1/messages"
HEADERS = {
    "x-api-key": os.environ["ANTHROPIC_API_KEY"],
    "anthropic-version": "2023-06-01",
}


def git(*args):
    return subprocess.run(["git", *args], check=True, capture_output=True, text=True).stdout.strip()


def section(log):
    body = {
        "model": "claude-3-5-haiku-20241022",
        "max_tokens": 900,
        "messages": [
            {"role": "user", "content": "Write a changelog section (Added, Changed, Fixed) from these commits:\n" + log}
        ],
    }
    answer = httpx.post(API, headers=HEADERS, json=body, timeout=60)
    answer.raise_for_status()
    return "".join(block["text"] for block in answer.json()["content"] if block["type"] == "text")


if __name__ == "__main__":
    tag = git("describe", "--tags", "--abbrev=0")
    log = git("log", f"{tag}..HEAD", "--pretty=- %s")
    if not log:
        sys.exit("nothing new")
    print(section(log))
