import os

import requests
from django.conf import settings
from django.core.management.base import BaseCommand

from support.models import Report
from support.tracker import Tracker


class Command(BaseCommand):
    help = "Files the reports that are not in a tracker yet"

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=50)
        parser.add_argument("--jira", action="store_true", help="finance wants them in Jira too")

    def handle(self, *args, limit, jira, **options):
        tracker = Tracker()
        footer = tracker.runbook("triage")[:500]
        for report in Report.objects.filter(url="")[:limit]:
            report.url = tracker.report(report.subject, f"{report.text}\n\n---\n{footer}")
            if jira:
                report.jira_key = self._jira(report)
            report.save(update_fields=["url", "jira_key"])
            self.stdout.write(f"{report.pk} -> {report.url}")

    def _jira(self, report):
        answer = requests.post(
            f"{settings.JIRA_URL}/rest/api/3/issue",
            auth=(settings.JIRA_USER, os.environ["JIRA_PASSWORD"]),
            json={"fields": {"project": {"key": "FIN"}, "summary": report.subject}},
            timeout=20,
        )
        answer.raise_for_status()
        return answer.json()["key"]
