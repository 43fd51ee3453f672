import logging
import time
from datetime import datetime, timedelta, timezone

from github import Auth, Github

from triage import rules
from triage.settings import GITHUB_TOKEN, INTERVAL, REPOSITORY

log = logging.getLogger("triage")


class Bot:
    def __init__(self, github: Github):
        self.repository = github.get_repo(REPOSITORY)
        self.rules = rules.load(self.repository)

    def run_once(self, since: datetime) -> int:
        handled = 0
        for issue in self.repository.get_issues(state="open", since=since, sort="created"):
            if issue.pull_request is None and not issue.labels:
                handled += self.handle(issue)
        return handled

    def handle(self, issue) -> bool:
        text = f"{issue.title}\n{issue.body or ''}"
        for rule in self.rules:
            if rule.matches(text):
                issue.add_to_labels(*rule.labels)
                if rule.reply:
                    issue.create_comment(rule.reply)
                log.info("#%d: %s", issue.number, ", ".join(rule.labels))
                return True
        return False


def main() -> None:
    logging.basicConfig(level=logging.INFO)
    bot = Bot(Github(auth=Auth.Token(GITHUB_TOKEN)))
    while True:
        bot.run_once(datetime.now(timezone.utc) - timedelta(seconds=2 * INTERVAL))
        time.sleep(INTERVAL)


if __name__ == "__main__":
    main()
