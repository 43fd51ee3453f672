import os

from dotenv import load_dotenv

load_dotenv()

HF_TOKEN = os.environ["HF_TOKEN"]

BASE_MODEL = "distilbert-base-uncased"
DATASET_ID = "northwind-ai/support-tickets"
HUB_MODEL_ID = "northwind-ai/ticket-triage"

QUEUES = ["billing", "shipping", "returns", "account", "technical", "other"]
MAX_LENGTH = 256
SEED = 17
