from collections.abc import Iterator

from .session import RAW, s3


def of_day(day: str) -> Iterator[str]:
    pages = s3().get_paginator("list_objects_v2").paginate(Bucket=RAW, Prefix=f"events/{day}/")
    for page in pages:
        for entry in page.get("Contents", ()):
            if entry["Size"] > 0:
                yield entry["Key"]
