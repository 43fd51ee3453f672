import os

from huggingface_hub import HfApi

from forecast.constants import HUB_REPO


def publish(folder: str) -> None:
    api = HfApi(token=os.getenv("HUGGINGFACE_TOKEN"))
    api.upload_folder(folder_path=folder, repo_id=HUB_REPO)
