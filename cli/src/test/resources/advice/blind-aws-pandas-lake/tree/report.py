import datetime
import json
from pathlib import Path

import pandas as pd

secrets = json.loads(Path("secrets.json").read_text())
options = {"key": secrets["aws_access_key_id"], "secret": secrets["aws_secret_access_key"]}

day = datetime.date.today() - datetime.timedelta(days=1)
sales = pd.read_parquet(f"s3://acme-lake/sales/{day}.parquet", storage_options=options)
report = sales.groupby("shop", as_index=False)["amount"].sum()
report.to_csv(f"s3://acme-reports/daily/{day}.csv", index=False, storage_options=options)
