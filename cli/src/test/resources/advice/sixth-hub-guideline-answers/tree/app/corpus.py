from pathlib import Path

import faiss
from huggingface_hub import snapshot_download
from sentence_transformers import SentenceTransformer

from app.settings import settings


def fetch() -> Path:
    path = snapshot_download(
        repo_id=settings.corpus_repo,
        repo_type="dataset",
        allow_patterns=["text/*.md"],
        token=settings.huggingface_token.get_secret_value(),
    )
    return Path(path) / "text"


class Corpus:
    def __init__(self) -> None:
        self.encoder = SentenceTransformer(settings.embedding_model)
        self.passages = [p for f in sorted(fetch().glob("*.md")) for p in split(f.read_text())]
        vectors = self.encoder.encode(self.passages, normalize_embeddings=True)
        self.index = faiss.IndexFlatIP(vectors.shape[1])
        self.index.add(vectors)

    def nearest(self, question: str) -> list[str]:
        vector = self.encoder.encode([question], normalize_embeddings=True)
        _, places = self.index.search(vector, settings.top_k)
        return [self.passages[i] for i in places[0]]


def split(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if len(part) > 80]
