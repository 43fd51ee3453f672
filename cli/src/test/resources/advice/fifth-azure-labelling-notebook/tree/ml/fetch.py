from pathlib import Path

from .blobs import service

OUT = Path("notebooks/data")


def newest(prefix: str = "texts/") -> str:
    container = service().get_container_client("datasets")
    return max(container.list_blobs(name_starts_with=prefix), key=lambda blob: blob.last_modified).name


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    blob = service().get_blob_client(container="datasets", blob=newest())
    with open(OUT / "texts.parquet", "wb") as file:
        blob.download_blob().readinto(file)


if __name__ == "__main__":
    main()
