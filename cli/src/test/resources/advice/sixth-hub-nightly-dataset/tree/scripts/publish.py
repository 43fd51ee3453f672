"""Adds the new parquet files and a manifest to the dataset on the Hub."""
import json
import os
import sys
from pathlib import Path

from huggingface_hub import HfApi, hf_hub_download

DATASET = os.environ["DATASET"]


def manifest() -> dict:
    path = hf_hub_download(DATASET, "manifest.json", repo_type="dataset")
    return json.loads(Path(path).read_text())


def updated(old: dict, folder: Path) -> dict:
    days = set(old["days"]) | {f.stem for f in folder.glob("*.parquet")}
    return {**old, "days": sorted(days)}


def main(folder: Path) -> None:
    new = updated(manifest(), folder)
    (folder / "manifest.json").write_text(json.dumps(new, indent=2))
    api = HfApi()
    api.upload_folder(repo_id=DATASET, repo_type="dataset", folder_path=folder, commit_message=f"Add {new['days'][-1]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
