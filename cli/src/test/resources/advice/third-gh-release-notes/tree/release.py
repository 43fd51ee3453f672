#!/usr/bin/env python3
"""Publishes a release with notes made from the pull requests since the last one.

    ./release.py v2.4.0 dist/quill-2.4.0.tar.gz
"""
import os
import sys

from dotenv import load_dotenv
from github import Auth, Github

from notes import render

load_dotenv()

REPO = "quillstack/quill"


def merged_since(repo, moment):
    for pull in repo.get_pulls(state="closed", base="main", sort="updated", direction="desc"):
        if pull.updated_at < moment:
            break
        if pull.merged_at and pull.merged_at > moment:
            yield pull


def main(tag, *files):
    gh = Github(auth=Auth.Token(os.environ["RELEASE_GITHUB_TOKEN"]))
    repo = gh.get_repo(REPO)
    last = repo.get_latest_release()
    pulls = list(merged_since(repo, last.published_at))
    release = repo.create_git_release(tag=tag, name=tag, message=render(last.tag_name, tag, pulls), draft=False)
    for path in files:
        release.upload_asset(path)
    print(release.html_url)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
