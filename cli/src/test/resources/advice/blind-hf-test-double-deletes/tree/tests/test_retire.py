import pytest
from huggingface_hub import HfApi

from scorer.retire import retire


def test_refuses_current_models(monkeypatch):
    api = HfApi(token="not-a-real-token")
    monkeypatch.setattr(api, "delete_repo", lambda repo: None)
    api.delete_repo("acme/old-credit-scorer")
    with pytest.raises(ValueError):
        retire(api, "acme/credit-scorer")
