import logging

from github import Auth, Github

import config

log = logging.getLogger(__name__)

intake = Github(auth=Auth.Token(config.INTAKE_TOKEN))
tracker = Github(auth=Auth.Token(config.TRACKER_TOKEN))


def main():
    source = intake.get_repo("acme/intake")
    target = tracker.get_repo("acme/tracker")
    known = {issue.title for issue in target.get_issues(state="all")}
    for issue in source.get_issues(state="open", labels=[config.LABEL]):
        if issue.title in known:
            continue
        copy = target.create_issue(title=issue.title, body=issue.body, labels=[config.LABEL])
        log.info("%s -> %s", issue.number, copy.number)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    main()
