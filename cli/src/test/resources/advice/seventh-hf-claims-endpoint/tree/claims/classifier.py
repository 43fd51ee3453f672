import os

from huggingface_hub import InferenceClient


class ClaimClassifier:
    def __init__(self) -> None:
        self._client = InferenceClient(
            model=os.environ["ENDPOINT_URL"],
            token=os.environ["HF_TOKEN"],
            timeout=20,
        )

    def label(self, text: str) -> str:
        answers = self._client.text_classification(text)
        return max(answers, key=lambda answer: answer.score).label
