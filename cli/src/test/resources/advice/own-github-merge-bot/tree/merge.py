import os
from github import Github

GITHUB_TOKEN = "@@github@@"
g = Github(GITHUB_TOKEN)
repo = g.get_repo("acme/app")
for pr in repo.get_pulls(state="open"):
    pr.create_issue_comment("merging")
    pr.merge()
issue = repo.get_issue(4)
issue.edit(state="closed")
