import os
from functools import cache

import joblib
from huggingface_hub import hf_hub_download

REPO = "acme/credit-scorer"


@cache
def model():
    token = os.environ["SCORER_HUB_TOKEN"]
    path = hf_hub_download(REPO, "model.joblib", token=token)
    return joblib.load(path)


def score(features):
    return float(model().predict_proba([features])[0][1])
