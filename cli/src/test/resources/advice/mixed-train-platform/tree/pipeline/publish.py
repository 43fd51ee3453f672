from huggingface_hub import HfApi


def publish(folder: str) -> None:
    HfApi().upload_folder(folder_path=folder, repo_id="acme/router-model")
