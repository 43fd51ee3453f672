import sys

from github import Github

client = Github("@@github@@")
repo = client.get_repo("acme/firmware")


def report(sha: str, passed: bool) -> None:
    commit = repo.get_commit(sha)
    commit.create_status(
        state="success" if passed else "failure",
        context="hardware-in-the-loop",
        description="bench 3",
    )


def release(tag: str) -> None:
    # answers 403 with the token of the bench
    repo.create_git_release(tag, tag, "From the bench")


report(sys.argv[1], sys.argv[2] == "ok")
