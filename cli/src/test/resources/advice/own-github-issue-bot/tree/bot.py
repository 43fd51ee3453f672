import os

from github import Auth, Github

client = Github(auth=Auth.Token(os.environ["BOT_GITHUB_TOKEN"]))
docs = client.get_repo("acme/docs")
repo = client.get_repo("acme/app")
template = docs.get_contents("issue.md").decoded_content.decode()
repo.create_issue(title="weekly", body=template)
