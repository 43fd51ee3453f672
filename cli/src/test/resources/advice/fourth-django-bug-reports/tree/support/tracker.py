"""Everything that talks to the issue trackers."""

import functools
import logging
import time

from django.conf import settings
from github import Auth, Github, GithubException

log = logging.getLogger(__name__)


def retrying(times=3):
    def wrap(f):
        @functools.wraps(f)
        def inner(*args, **kwargs):
            for attempt in range(1, times + 1):
                try:
                    return f(*args, **kwargs)
                except GithubException as e:
                    if e.status < 500 or attempt == times:
                        raise
                    log.warning("github answered %s, attempt %s", e.status, attempt)
                    time.sleep(2**attempt)

        return inner

    return wrap


class Tracker:
    def __init__(self, token=None):
        self._gh = Github(auth=Auth.Token(token or settings.GITHUB_TOKEN), per_page=100)

    @functools.cached_property
    def _issues(self):
        return self._gh.get_repo(settings.GITHUB_ISSUES_REPO)

    @retrying()
    def similar(self, title):
        words = set(title.lower().split())
        for issue in self._issues.get_issues(state="open", labels=["customer"]):
            if len(words & set(issue.title.lower().split())) >= 4:
                return issue
        return None

    @retrying()
    def report(self, title, body):
        known = self.similar(title)
        if known is not None:
            known.create_comment(body)
            return known.html_url
        return self._issues.create_issue(title=title, body=body, labels=["customer"]).html_url

    @retrying()
    def runbook(self, name):
        repo = self._gh.get_repo(settings.GITHUB_RUNBOOKS_REPO)
        return repo.get_contents(f"books/{name}.md").decoded_content.decode()

    # releases are cut by hand again
    # def release(self, tag):
    #     self._issues.create_git_release(tag, tag, "see changelog")
