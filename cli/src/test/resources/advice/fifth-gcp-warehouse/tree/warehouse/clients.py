import os
from functools import cache

from dotenv import load_dotenv
from google.cloud import bigquery, pubsub_v1, storage  # noqa: F401

load_dotenv()
PROJECT = os.environ["GCP_PROJECT"]


@cache
def bq() -> bigquery.Client:
    return bigquery.Client(project=PROJECT, location="EU")


@cache
def gcs() -> storage.Client:
    return storage.Client(project=PROJECT)
