from pathlib import Path

from github import Auth, Github

token = "@@github@@"
repo = Github(auth=Auth.Token(token)).get_repo("acme/service-template")
text = Path("templates/ci.yml").read_text()
repo.create_file(".github/workflows/ci.yml", "Add CI", text)
