from django.db import models


class Report(models.Model):
    subject = models.CharField(max_length=200)
    text = models.TextField()
    url = models.URLField(blank=True)
    jira_key = models.CharField(max_length=20, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created"]
