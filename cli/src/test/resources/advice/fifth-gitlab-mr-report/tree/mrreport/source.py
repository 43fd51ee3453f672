import datetime as dt

import gitlab

GROUP = "acme/platform"


class Source:
    def __init__(self, config: str = "python-gitlab.cfg"):
        self.gl = gitlab.Gitlab.from_config("acme", [config])
        self.group = self.gl.groups.get(GROUP)

    def projects(self):
        for stub in self.group.projects.list(iterator=True, archived=False, include_subgroups=True):
            yield self.gl.projects.get(stub.id)

    def merged(self, since: dt.datetime):
        return self.group.mergerequests.list(
            state="merged", updated_after=since.isoformat(), scope="all", get_all=True
        )

    def approvers(self, mr) -> list[str]:
        full = self.gl.projects.get(mr.project_id, lazy=True).mergerequests.get(mr.iid)
        return [a["user"]["username"] for a in full.approvals.get().approved_by]

    @staticmethod
    def failures(project, since: dt.datetime) -> int:
        return len(project.pipelines.list(status="failed", updated_after=since.isoformat(), get_all=True))
