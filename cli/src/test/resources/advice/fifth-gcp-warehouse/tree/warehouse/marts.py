from google.cloud import bigquery

from .clients import PROJECT, bq
from .queries import DAILY

TARGET = f"{PROJECT}.marts.daily_net_sales"


def orders(day: str) -> list[dict]:
    config = bigquery.QueryJobConfig(query_parameters=[bigquery.ScalarQueryParameter("day", "DATE", day)])
    return [dict(row) for row in bq().query(DAILY, job_config=config).result()]


def load(rows: list[dict]) -> int:
    config = bigquery.LoadJobConfig(write_disposition="WRITE_APPEND")
    job = bq().load_table_from_json(rows, TARGET, job_config=config)
    job.result()
    return job.output_rows
