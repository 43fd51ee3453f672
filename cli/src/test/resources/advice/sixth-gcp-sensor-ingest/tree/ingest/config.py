PROJECT = "acme-prod"
TOPIC = "sensor-readings"
TABLE = "acme-prod.telemetry.readings"
RAW_BUCKET = "acme-raw-readings"
MAX_BATCH = 500
