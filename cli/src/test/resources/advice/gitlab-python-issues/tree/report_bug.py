import sys

import gitlab

gl = gitlab.Gitlab("https://gitlab.com", private_token="@@gitlab@@")
project = gl.projects.get("acme/app")
issue = project.issues.create({"title": sys.argv[1], "description": sys.stdin.read()})
print(issue.web_url)
