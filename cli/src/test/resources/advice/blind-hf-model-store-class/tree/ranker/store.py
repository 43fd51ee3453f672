"""Where models are fetched from and published to."""

from huggingface_hub import HfApi, snapshot_download

from ranker.constants import BASE_REPO, CACHE_DIR, MODEL_REPO


class ModelStore:
    def __init__(self, token: str):
        self.token = token
        self.api = HfApi(token=token)

    def fetch_base(self) -> str:
        return snapshot_download(BASE_REPO, cache_dir=CACHE_DIR, token=self.token)

    def publish(self, folder: str, version: str) -> None:
        self.api.upload_folder(
            repo_id=MODEL_REPO,
            folder_path=folder,
            commit_message=f"Release {version}",
        )
        self.api.create_tag(MODEL_REPO, tag=version)
