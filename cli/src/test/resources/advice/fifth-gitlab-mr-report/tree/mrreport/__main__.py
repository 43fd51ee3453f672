import datetime as dt
import sys

from jinja2 import Environment, PackageLoader

from .source import Source


def main() -> int:
    since = dt.datetime.now(dt.timezone.utc) - dt.timedelta(days=7)
    source = Source()
    rows = [
        {"title": mr.title, "author": mr.author["username"], "approvers": source.approvers(mr)}
        for mr in source.merged(since)
    ]
    red = {p.path_with_namespace: source.failures(p, since) for p in source.projects()}
    page = Environment(loader=PackageLoader("mrreport")).get_template("report.md.j2")
    sys.stdout.write(page.render(rows=rows, red=red))
    # for mr in source.merged(since):
    #     source.gl.projects.get(mr.project_id).mergerequests.get(mr.iid).notes.create({"body": "in the report"})
    return 0


if __name__ == "__main__":
    sys.exit(main())
