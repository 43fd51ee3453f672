import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = os.environ.get("DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "support",
]
ROOT_URLCONF = "shop.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}

# tracker
GITHUB_TOKEN = os.environ.get("GITHUB_TOKEN", "@@github-fine@@")
GITHUB_ISSUES_REPO = "acme-shop/storefront"
GITHUB_RUNBOOKS_REPO = "acme-shop/runbooks"

JIRA_URL = "https://acme-shop.atlassian.net"
JIRA_USER = os.environ.get("JIRA_USER")

from shop.local import *  # noqa: F403 what must not be in git
