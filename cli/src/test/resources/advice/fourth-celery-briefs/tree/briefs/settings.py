import os

BROKER = os.environ.get("CELERY_BROKER_URL", "redis://localhost:6379/0")
MODEL = os.environ.get("BRIEF_MODEL", "claude-sonnet-4-5")
MAX_INPUT_TOKENS = 150_000

PROMPT = (
    "You write briefs for the morning meeting. At most 200 words, plain sentences, "
    "figures with their source."
)
