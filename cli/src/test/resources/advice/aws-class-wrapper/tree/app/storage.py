import boto3

from app import config

AVATARS = "acme-avatars"


class Storage:
    def __init__(self) -> None:
        self._s3 = boto3.client(
            "s3",
            aws_access_key_id=config.AWS_ACCESS_KEY_ID,
            aws_secret_access_key=config.AWS_SECRET_ACCESS_KEY,
        )

    def put(self, user: int, image: bytes) -> None:
        self._s3.put_object(Bucket=AVATARS, Key=f"{user}.png", Body=image)

    def drop(self, user: int) -> None:
        self._s3.delete_object(Bucket=AVATARS, Key=f"{user}.png")
