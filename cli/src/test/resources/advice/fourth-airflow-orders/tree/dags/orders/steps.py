from __future__ import annotations

import csv
import gzip
import io
import json
import logging
from decimal import Decimal

import boto3
from botocore.config import Config

from orders.names import ALERT_TOPIC, CURATED_BUCKET, FACTS_TABLE, RAW_BUCKET, WAREHOUSE_ENTRY

log = logging.getLogger(__name__)
RETRIES = Config(retries={"max_attempts": 8, "mode": "adaptive"})


def _s3():
    return boto3.client("s3", config=RETRIES)


def list_day(day: str) -> list[str]:
    s3 = _s3()
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=RAW_BUCKET, Prefix=f"orders/{day}/")
    return [o["Key"] for page in pages for o in page.get("Contents", []) if o["Size"]]


def curate(keys: list[str], day: str) -> str:
    s3 = _s3()
    out = io.BytesIO()
    with gzip.open(out, "wt") as gz:
        for key in keys:
            body = s3.get_object(Bucket=RAW_BUCKET, Key=key)["Body"]
            for row in csv.DictReader(io.TextIOWrapper(body, encoding="utf-8")):
                if row.get("status") != "test":
                    gz.write(json.dumps(row) + "\n")
    target = f"orders/day={day}/part-0.jsonl.gz"
    s3.put_object(Bucket=CURATED_BUCKET, Key=target, Body=out.getvalue())
    return target


def load_facts(rows) -> int:
    table = boto3.resource("dynamodb").Table(FACTS_TABLE)
    n = 0
    with table.batch_writer(overwrite_by_pkeys=["order_id"]) as batch:
        for row in rows:
            batch.put_item(Item={"order_id": row["id"], "total": Decimal(row["total"])})
            n += 1
    return n


def warehouse_dsn() -> str:
    secrets = boto3.client("secretsmanager")
    return json.loads(secrets.get_secret_value(SecretId=WAREHOUSE_ENTRY)["SecretString"])["dsn"]


def alert(context) -> None:
    ti = context["task_instance"]
    boto3.client("sns").publish(
        TopicArn=ALERT_TOPIC,
        Subject=f"{ti.dag_id}.{ti.task_id} failed"[:100],
        Message=str(context.get("exception")),
    )


def purge(dag_run) -> None:
    """By hand only: removes one object that a partner sent by mistake."""
    conf = dag_run.conf or {}
    boto3.client("s3").delete_object(Bucket=conf["bucket"], Key=conf["key"])
    log.warning("purged %s", conf["key"])


# def archive(key):
#     s3 = _s3()
#     s3.copy_object(Bucket="acme-orders-archive", Key=key, CopySource={"Bucket": RAW_BUCKET, "Key": key})
