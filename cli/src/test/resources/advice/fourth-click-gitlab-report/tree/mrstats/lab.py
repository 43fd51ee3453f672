from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Iterator

import gitlab

from mrstats.config import CONFIG


class Lab:
    def __init__(self, gl: gitlab.Gitlab | None = None) -> None:
        self.gl = gl or gitlab.Gitlab(
            CONFIG.url, private_token=CONFIG.gitlab_token, retry_transient_errors=True, timeout=30
        )

    def projects(self) -> Iterator:
        group = self.gl.groups.get(CONFIG.group)
        for stub in group.projects.list(iterator=True, archived=False, include_subgroups=True):
            if stub.path_with_namespace not in CONFIG.skip:
                yield self.gl.projects.get(stub.id, lazy=True), stub.path_with_namespace

    def merged(self, project, since: dt.datetime) -> list:
        return list(
            project.mergerequests.list(
                state="merged", updated_after=since.isoformat(), iterator=True, per_page=100
            )
        )

    def failures(self, project, since: dt.datetime) -> float:
        total = bad = 0
        for p in project.pipelines.list(updated_after=since.isoformat(), iterator=True):
            total += 1
            bad += p.status == "failed"
        return bad / total if total else 0.0

    # def nag(self, mr):
    #     mr.notes.create({"body": "Still open after two weeks."})


def hours(mr) -> float:
    opened = dt.datetime.fromisoformat(mr.created_at)
    merged = dt.datetime.fromisoformat(mr.merged_at)
    return (merged - opened).total_seconds() / 3600


def median_hours(mrs) -> float:
    return statistics.median(map(hours, mrs)) if mrs else 0.0
