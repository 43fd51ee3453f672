import csv

from google.cloud import bigquery

client = bigquery.Client(project="acme-prod")
with open("metrics.csv", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
client.load_table_from_json(rows, "acme-prod.metrics.builds").result()
