import os

BUCKET = os.environ["INVOICE_BUCKET"]
TABLE = os.environ["INVOICE_TABLE"]
QUEUE_URL = os.environ["QUEUE_URL"]
WAIT_SECONDS = int(os.environ.get("WAIT_SECONDS", "20"))
