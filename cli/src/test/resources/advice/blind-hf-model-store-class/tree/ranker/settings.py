import os

from dotenv import load_dotenv

load_dotenv()

HUB_TOKEN = os.environ["ACME_HUB_TOKEN"]
LOG_LEVEL = os.getenv("LOG_LEVEL", "warning")
