import sys

from github import Github

client = Github("@@github@@")
repo = client.get_repo(sys.argv[1])
for issue in repo.get_issues(state="open"):
    if not issue.labels:
        issue.add_to_labels("needs-triage")
