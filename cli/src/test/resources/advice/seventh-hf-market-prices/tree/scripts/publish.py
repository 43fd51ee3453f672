import datetime
import os
import sys

from huggingface_hub import HfApi

REPO_ID = "openfarm/market-prices"


def publish(folder: str) -> None:
    api = HfApi(token=os.environ["HF_TOKEN"])
    today = datetime.date.today().isoformat()
    api.upload_folder(
        repo_id=REPO_ID,
        repo_type="dataset",
        folder_path=folder,
        path_in_repo=f"daily/{today}",
        commit_message=f"Prices of {today}",
    )


if __name__ == "__main__":
    publish(sys.argv[1])
