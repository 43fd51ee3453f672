import json

import polars as pl

with open("lake.json") as file:
    lake = json.load(file)

access = {
    "aws_access_key_id": lake["aws_access_key_id"],
    "aws_secret_access_key": lake["aws_secret_access_key"],
}
events = pl.read_parquet("s3://initech-events/2026/*.parquet", storage_options=access)
events.group_by("shop").sum().write_parquet("s3://initech-totals/latest.parquet", storage_options=access)
