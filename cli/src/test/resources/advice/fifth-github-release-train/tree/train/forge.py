"""All that the train asks of GitHub."""
import os
import time
from datetime import datetime

from dotenv import load_dotenv
from github import Auth, Github
from github.PullRequest import PullRequest

load_dotenv()


class Forge:
    def __init__(self, name: str):
        self._hub = Github(auth=Auth.Token(os.environ["RELEASE_BOT_TOKEN"]), per_page=100)
        self.repo = self._hub.get_repo(name)

    def merged_since(self, when: datetime) -> list[PullRequest]:
        pulls = self.repo.get_pulls(state="closed", sort="updated", direction="desc", base="main")
        found = []
        for pull in pulls:
            if pull.updated_at < when:
                break
            if pull.merged_at and pull.merged_at > when:
                found.append(pull)
        return found

    def green(self, sha: str, patience: int = 1800) -> bool:
        end = time.monotonic() + patience
        while time.monotonic() < end:
            state = self.repo.get_commit(sha).get_combined_status().state
            if state != "pending":
                return state == "success"
            time.sleep(30)
        return False

    def release(self, tag: str, notes: str, sha: str) -> str:
        made = self.repo.create_git_release(tag, tag, notes, target_commitish=sha)
        return made.html_url

    def back_merge(self, tag: str) -> str:
        return self.repo.create_pull(base="develop", head="main", title=f"Back-merge {tag}", body="").html_url

    def deploy(self, tag: str) -> bool:
        return self.repo.get_workflow("deploy.yml").create_dispatch("main", {"tag": tag})

    def read(self, path: str) -> str:
        return self.repo.get_contents(path).decoded_content.decode()
