import os
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Config:
    url: str = os.environ.get("GITLAB_URL", "https://gitlab.com")
    gitlab_token: str = os.environ.get("GITLAB_TOKEN", "@@gitlab@@")
    group: str = os.environ.get("GITLAB_GROUP", "acme/apps")
    slack_hook: str = os.environ.get("SLACK_HOOK", "")
    skip: frozenset = field(default_factory=lambda: frozenset({"acme/apps/sandbox"}))


CONFIG = Config()
