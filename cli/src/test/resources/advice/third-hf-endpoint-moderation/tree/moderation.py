import time

import requests

from settings import HF_API_TOKEN, MODERATION_URL, THRESHOLD, TIMEOUT


class ModerationError(RuntimeError):
    pass


def classify(text, attempts=3):
    """Label and score of one comment; waits while the endpoint wakes up."""
    for n in range(attempts):
        answer = requests.post(
            MODERATION_URL,
            headers={"Authorization": f"Bearer {HF_API_TOKEN}", "Content-Type": "application/json"},
            json={"inputs": text[:2000], "parameters": {"top_k": 1}},
            timeout=TIMEOUT,
        )
        if answer.status_code == 503:
            time.sleep(10 * (n + 1))
            continue
        answer.raise_for_status()
        best = answer.json()[0]
        return best["label"], best["score"]
    raise ModerationError("endpoint did not wake up")


def allowed(text):
    label, score = classify(text)
    return not (label == "toxic" and score >= THRESHOLD)
