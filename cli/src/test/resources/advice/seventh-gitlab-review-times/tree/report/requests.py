import os
import statistics
from datetime import datetime, timedelta, timezone

import gitlab


def _project():
    gl = gitlab.Gitlab("https://gitlab.com", private_token=os.environ["GITLAB_TOKEN"])
    return gl.projects.get(os.environ["GITLAB_PROJECT"])


def hours(days: int) -> list[float]:
    since = datetime.now(timezone.utc) - timedelta(days=days)
    merged = _project().mergerequests.list(state="merged", updated_after=since.isoformat(), iterator=True)
    return [_hours(request.created_at, request.merged_at) for request in merged]


def _hours(created: str, merged: str) -> float:
    start, end = (datetime.fromisoformat(text) for text in (created, merged))
    return (end - start).total_seconds() / 3600


def median(values: list[float]) -> float:
    return statistics.median(values) if values else 0.0
