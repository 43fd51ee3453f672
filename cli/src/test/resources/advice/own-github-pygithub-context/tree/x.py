import os
from github import Auth, Github

OWNER = os.environ["OWNER"]
NAME = "app"
with Github(auth=Auth.Token(os.environ["GITHUB_TOKEN"])) as g:
    repo = g.get_repo(f"{OWNER}/{NAME}")
    for issue in repo.get_issues(state="open"):
        print(issue.title.lower())
    pr = repo.create_pull(base="main", head="x", title="t", body="b")
    pr.add_to_labels("bot")
