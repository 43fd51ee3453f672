import argparse
import json
import logging
import os

from acme_lakehouse import SchemaRegistry, TableWriter

from . import files
from .session import RAW, TABLES, s3, sns

log = logging.getLogger("ingest")


def run(day: str) -> int:
    client = s3()
    writer = TableWriter(client, source=RAW, target=TABLES, schemas=SchemaRegistry("schemas"))
    written = 0
    for key in files.of_day(day):
        writer.append(key)
        written += 1
    if written:
        writer.compact()
    return written


def tell(day: str, written: int) -> None:
    sns().publish(TopicArn=os.environ["LAKE_TOPIC"], Message=json.dumps({"day": day, "files": written}))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    parser = argparse.ArgumentParser()
    parser.add_argument("--day", required=True)
    day = parser.parse_args().day
    tell(day, run(day))
