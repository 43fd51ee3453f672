import os

RAW_BUCKET = os.environ.get("RAW_BUCKET", "acme-orders-raw")
CURATED_BUCKET = "acme-orders-curated"
FACTS_TABLE = "order-facts"
ALERT_TOPIC = "arn:aws:sns:eu-central-1:481516234200:data-alerts"
WAREHOUSE_ENTRY = "airflow/warehouse"
