import os

from dotenv import load_dotenv

load_dotenv()

GITHUB_TOKEN = os.environ["TRIAGE_GITHUB_TOKEN"]
INTERVAL = int(os.getenv("TRIAGE_INTERVAL", "300"))
REPOSITORY = "tidewater/docs"
RULES_PATH = ".github/triage.yml"
