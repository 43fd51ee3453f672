import datetime
import logging

from github import Auth, Github

from rules import labels_for
from settings import GITHUB_TOKEN, STALE_DAYS, TRIAGE_REPO

log = logging.getLogger("triage")
STALE_TEXT = "No activity for a long time. Please open a new issue if this still happens."


def connect():
    return Github(auth=Auth.Token(GITHUB_TOKEN), per_page=100)


def main():
    repo = connect().get_repo(TRIAGE_REPO)
    limit = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=STALE_DAYS)
    for issue in repo.get_issues(state="open"):
        if issue.pull_request is not None:
            continue
        have = {label.name for label in issue.labels}
        new = [name for name in labels_for(issue.title, issue.body) if name not in have]
        if new:
            issue.add_to_labels(*new)
            log.info("#%d: %s", issue.number, ", ".join(new))
        if issue.updated_at < limit and "pinned" not in have:
            issue.create_comment(STALE_TEXT)
            issue.edit(state="closed", state_reason="not_planned")


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    main()
