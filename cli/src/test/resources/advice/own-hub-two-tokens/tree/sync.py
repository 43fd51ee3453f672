import os
from huggingface_hub import HfApi, snapshot_download


path = snapshot_download("acme/private-base", token=os.environ["ACME_HUB_READ"])
writer = HfApi(token=os.environ["ACME_HUB_WRITE"])
writer.upload_folder(folder_path=path, repo_id="acme/published")
