from types import SimpleNamespace

from claims.classifier import ClaimClassifier


def test_takes_the_best(monkeypatch):
    monkeypatch.setenv("ENDPOINT_URL", "http://localhost:9")
    monkeypatch.setenv("HF_TOKEN", "dummy")
    classifier = ClaimClassifier()
    answers = [SimpleNamespace(label="fire", score=0.2), SimpleNamespace(label="water", score=0.8)]
    classifier._client = SimpleNamespace(text_classification=lambda text: answers)
    assert classifier.label("x") == "water"
