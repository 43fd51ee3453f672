"""Moves old account statements to the archive of the given year.

    python archive.py --archive-bucket corvid-archive-2024
"""
import argparse
import datetime
import gzip
import logging

import boto3
from dotenv import load_dotenv

from settings import KEEP_MONTHS, PREFIX, STATEMENT_BUCKET

load_dotenv()
log = logging.getLogger("archive")
s3 = boto3.client("s3")


def old_keys(today):
    limit = today - datetime.timedelta(days=30 * KEEP_MONTHS)
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=STATEMENT_BUCKET, Prefix=PREFIX)
    for page in pages:
        for item in page.get("Contents", []):
            if item["LastModified"].date() < limit:
                yield item["Key"]


def archive(key, target):
    body = s3.get_object(Bucket=STATEMENT_BUCKET, Key=key)["Body"].read()
    s3.put_object(Bucket=target, Key=key + ".gz", Body=gzip.compress(body), ContentEncoding="gzip")
    log.info("%s -> %s", key, target)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--archive-bucket", required=True)
    args = parser.parse_args()
    for key in old_keys(datetime.date.today()):
        archive(key, args.archive_bucket)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    main()
