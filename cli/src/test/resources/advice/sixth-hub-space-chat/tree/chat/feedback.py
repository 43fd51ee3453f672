import json
import uuid
from datetime import datetime, timezone
from pathlib import Path

import gradio as gr
from huggingface_hub import CommitScheduler

from chat.settings import FEEDBACK_DATASET, HF_TOKEN

FOLDER = Path("feedback")
FOLDER.mkdir(exist_ok=True)
FILE = FOLDER / f"feedback-{uuid.uuid4()}.jsonl"

scheduler = CommitScheduler(
    repo_id=FEEDBACK_DATASET,
    repo_type="dataset",
    folder_path=FOLDER,
    path_in_repo="data",
    every=10,
    private=True,
    token=HF_TOKEN,
)


def record(event: gr.LikeData, history):
    row = {
        "at": datetime.now(timezone.utc).isoformat(),
        "liked": event.liked,
        "turn": event.index,
        "history": history,
    }
    with scheduler.lock, FILE.open("a") as out:
        out.write(json.dumps(row) + "\n")
