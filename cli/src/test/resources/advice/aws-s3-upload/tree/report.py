import datetime
import io

import boto3
import pandas as pd
from dotenv import load_dotenv

load_dotenv()
s3 = boto3.client("s3")


def publish(frame: pd.DataFrame) -> str:
    buffer = io.BytesIO()
    frame.to_excel(buffer, index=False)
    key = f"weekly/{datetime.date.today()}.xlsx"
    s3.put_object(Bucket="acme-reports", Key=key, Body=buffer.getvalue())
    return key
