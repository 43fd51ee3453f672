import os

import requests

session = requests.Session()
session.headers["Authorization"] = f"Bearer {os.environ['CI_STATS_TOKEN']}"

url = "https://api.github.com/repos/acme/app/actions/runs?per_page=100"
total = 0
while url:
    answer = session.get(url, timeout=30)
    answer.raise_for_status()
    total += answer.json()["workflow_runs"].__len__()
    url = answer.links.get("next", {}).get("url")
print(total)
