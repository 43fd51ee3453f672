import os
from pathlib import Path

from dotenv import load_dotenv
from huggingface_hub import hf_hub_download, snapshot_download

load_dotenv()

ROOT = Path(os.environ["MIRROR_ROOT"])
LABELS = "acme/label-maps"


def models() -> None:
    snapshot_download("acme/plate-detector", local_dir=ROOT / "plates", token=os.environ["HF_TOKEN"])
    snapshot_download("acme/plate-reader", local_dir=ROOT / "reader", token=os.environ["HF_TOKEN"])


def labels() -> None:
    hf_hub_download(
        repo_id=LABELS,
        filename="eu.json",
        repo_type="dataset",
        local_dir=ROOT,
        token=os.environ["HF_TOKEN"],
    )


if __name__ == "__main__":
    models()
    labels()
    # every box asks for the tokenizer too, but that one is open
    snapshot_download("bert-base-uncased", allow_patterns=["tokenizer*"], local_dir=ROOT / "bert")
