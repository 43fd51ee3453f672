import json
import os
import time
import uuid

from huggingface_hub import CommitScheduler

import config

config.FEEDBACK_DIR.mkdir(parents=True, exist_ok=True)
_file = config.FEEDBACK_DIR / f"votes-{uuid.uuid4()}.jsonl"

scheduler = CommitScheduler(
    repo_id=config.FEEDBACK,
    repo_type="dataset",
    folder_path=config.FEEDBACK_DIR,
    path_in_repo="votes",
    every=5,
    token=os.environ.get("HF_TOKEN"),
)


def vote(question, answer, liked: bool):
    with scheduler.lock, _file.open("a") as f:
        f.write(json.dumps({"t": time.time(), "q": question, "a": answer, "up": liked}) + "\n")


# TODO weekly snapshot of the demo itself; for now by hand
# from huggingface_hub import HfApi
# HfApi().upload_folder(repo_id="acme-legal/clause-demo", repo_type="space", folder_path=".")
