import os
import tarfile
import time

import boto3

s3 = boto3.client("s3")
name = f"data-{time.strftime('%Y%m%d')}.tar.gz"
with tarfile.open(f"/tmp/{name}", "w:gz") as archive:
    archive.add("/data")
s3.upload_file(f"/tmp/{name}", os.environ["BACKUP_BUCKET"], name)
