import os

from dotenv import load_dotenv

load_dotenv()

GITHUB_TOKEN = os.environ["GITHUB_TOKEN"]
TRIAGE_REPO = os.environ.get("TRIAGE_REPO", "larkspur/desktop")
STALE_DAYS = int(os.environ.get("STALE_DAYS", "60"))
