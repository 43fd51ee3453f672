import os
import tomllib

from huggingface_hub import HfApi, snapshot_download

with open("settings.toml", "rb") as file:
    settings = tomllib.load(file)

api = HfApi(token=os.environ["TAGGER_HUB"])
folder = snapshot_download(settings["hub"]["model"], token=os.environ["TAGGER_HUB"])
api.upload_folder(repo_id=settings["hub"]["space"], repo_type="space", folder_path=folder)
