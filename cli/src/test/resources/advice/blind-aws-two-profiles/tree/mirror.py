import os
import tempfile
from pathlib import Path

import boto3

os.environ["AWS_SHARED_CREDENTIALS_FILE"] = str(Path(__file__).parent / "aws" / "credentials")

source = boto3.Session(profile_name="ingest").client("s3")
target = boto3.Session(profile_name="publish").client("s3")


def cleaned(path: Path) -> Path:
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    path.write_text("\n".join(lines))
    return path


def main():
    listing = source.list_objects_v2(Bucket="acme-raw", Prefix="daily/")
    for each in listing.get("Contents", []):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "data.csv"
            source.download_file("acme-raw", each["Key"], str(path))
            target.upload_file(str(cleaned(path)), "acme-public", each["Key"])


main()
