from __future__ import annotations

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from .settings import settings


class MediaStore:
    def __init__(self, bucket: str | None = None):
        self.bucket = bucket or settings().upload_bucket
        self._s3 = boto3.client(
            "s3",
            region_name=settings().aws_default_region,
            config=Config(signature_version="s3v4"),
        )

    def upload_link(self, key: str, content_type: str) -> str:
        return self._s3.generate_presigned_url(
            "put_object",
            Params={"Bucket": self.bucket, "Key": key, "ContentType": content_type},
            ExpiresIn=settings().link_seconds,
        )

    def size(self, key: str) -> int | None:
        try:
            return self._s3.head_object(Bucket=self.bucket, Key=key)["ContentLength"]
        except ClientError as e:
            if e.response["Error"]["Code"] in ("404", "403"):
                return None
            raise

    def fetch(self, key: str, to: str) -> None:
        self._s3.download_file(self.bucket, key, to)

    def drop(self, key: str) -> None:
        self._s3.delete_object(Bucket=self.bucket, Key=key)
