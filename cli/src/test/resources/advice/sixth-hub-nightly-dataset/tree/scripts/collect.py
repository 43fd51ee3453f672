import argparse
import os
from datetime import date, timedelta
from pathlib import Path

import httpx
import pyarrow as pa
import pyarrow.parquet as pq

API = "https://stations.example.org/v2/readings"


def readings(day: date) -> list[dict]:
    headers = {"X-Api-Key": os.environ["STATIONS_API_KEY"]}
    answer = httpx.get(API, params={"day": day.isoformat()}, headers=headers, timeout=60)
    answer.raise_for_status()
    return answer.json()["readings"]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    yesterday = date.today() - timedelta(days=1)
    pq.write_table(pa.Table.from_pylist(readings(yesterday)), out / f"{yesterday}.parquet")


if __name__ == "__main__":
    main()
