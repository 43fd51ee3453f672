import io
import json

from huggingface_hub import HfApi

from .config import HF_TOKEN


class ScoreStore:
    """Keeps one JSON file for each model and day."""

    repo_id = "quantlab/bench-scores"

    def __init__(self) -> None:
        self.api = HfApi(token=HF_TOKEN)

    def save(self, name: str, scores: dict[str, float]) -> None:
        body = io.BytesIO(json.dumps(scores, indent=2).encode())
        self.api.upload_file(path_or_fileobj=body, path_in_repo=name, repo_id=self.repo_id, repo_type="dataset")
