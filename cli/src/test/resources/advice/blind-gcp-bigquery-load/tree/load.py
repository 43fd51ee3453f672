import sys

import pandas as pd
from google.cloud import bigquery
from google.oauth2 import service_account

TABLE = "acme-prod.sales.daily"

credentials = service_account.Credentials.from_service_account_file("keys/loader.json")
client = bigquery.Client(project="acme-prod", credentials=credentials)


def main(path: str) -> None:
    frame = pd.read_csv(path, parse_dates=["day"])
    job = client.load_table_from_dataframe(
        frame,
        TABLE,
        job_config=bigquery.LoadJobConfig(write_disposition="WRITE_APPEND"),
    )
    job.result()
    print(job.output_rows, "rows")


if __name__ == "__main__":
    main(sys.argv[1])
