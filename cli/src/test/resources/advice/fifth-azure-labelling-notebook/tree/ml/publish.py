import datetime as dt
from pathlib import Path

from .blobs import service


def main(path: Path = Path("notebooks/data/labelled.parquet")) -> None:
    name = f"{dt.date.today():%Y/%m/%d}.parquet"
    labels = service().get_container_client("labels")
    with path.open("rb") as file:
        labels.upload_blob(name, file, overwrite=True)
    # service().delete_container("labels-old")
    print(name)


if __name__ == "__main__":
    main()
