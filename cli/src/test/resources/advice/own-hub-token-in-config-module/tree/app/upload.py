from huggingface_hub import HfApi
from app import config

def push(path):
    HfApi(token=config.hub_token).upload_file(
        path_or_fileobj=path,
        path_in_repo="log.txt",
        repo_id=config.DATASET,
        repo_type="dataset",
    )
