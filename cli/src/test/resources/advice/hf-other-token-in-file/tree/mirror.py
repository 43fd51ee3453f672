import os

from huggingface_hub import HfApi, snapshot_download

READ_TOKEN = "@@huggingface@@"
writer = HfApi(token=os.environ["ACME_WRITER_TOKEN"])

folder = snapshot_download("acme/logs-raw", repo_type="dataset", token=READ_TOKEN)
writer.upload_folder(
    folder_path=folder,
    repo_id="acme-archive/logs",
    repo_type="dataset",
)
