import os
import requests

def gh(method, path, **kw):
    return requests.request(method, f"https://api.github.com{path}", headers={"Authorization": "Bearer " + os.environ["GITHUB_TOKEN"]}, **kw).json()

for r in gh("GET", "/repos/acme/app/releases"):
    print(r)
gh("POST", "/repos/acme/app/issues", json={"title": "x"})
