from google.cloud import bigquery
from google.oauth2 import service_account

client = bigquery.Client(
    project="acme-prod",
    credentials=service_account.Credentials.from_service_account_file("bq.json"),
)

SQL = """
SELECT country, SUM(amount) AS total
FROM `acme-prod.sales.orders`
WHERE day >= DATE_SUB(CURRENT_DATE(), INTERVAL 7 DAY)
GROUP BY country
"""
for row in client.query(SQL).result():
    print(row.country, row.total)
