import datetime as dt
import json
import logging
import os
import tempfile

from datasets import load_dataset
from huggingface_hub import CommitOperationAdd, HfApi
from huggingface_hub.utils import HfHubHTTPError

from store import rows_since

log = logging.getLogger("nightly")
REPO = os.environ["FEEDBACK_REPO"]
TOKEN = os.environ["HUB_PUBLISH_TOKEN"]


def last_stamp() -> str:
    last = load_dataset(REPO, split="train", token=TOKEN)
    return max(last["at"])


def publish(rows: list[dict]) -> None:
    day = dt.date.today().isoformat()
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as out:
        for row in rows:
            out.write(json.dumps(row) + "\n")
        out.flush()
        HfApi(token=TOKEN).create_commit(
            repo_id=REPO,
            repo_type="dataset",
            operations=[CommitOperationAdd(f"data/{day}.jsonl", out.name)],
            commit_message=f"feedback of {day}",
        )


def main() -> None:
    logging.basicConfig(level="INFO")
    rows = rows_since(last_stamp())
    if not rows:
        log.info("nothing new")
        return
    try:
        publish(rows)
    except HfHubHTTPError:
        log.exception("not published")
        raise SystemExit(1)


if __name__ == "__main__":
    main()
