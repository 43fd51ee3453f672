"""Renders the model card from the metrics of the run and puts it beside the weights."""

import argparse
import json
import os
import pathlib

from huggingface_hub import HfApi

TEMPLATE = pathlib.Path(__file__).with_name("card.md.in").read_text()
MODEL_REPO = os.environ.get("MODEL_REPO", "acme-nlp/ticket-router")


def render(metrics: dict) -> str:
    rows = "\n".join(f"| {k} | {v:.3f} |" for k, v in sorted(metrics.items()))
    return TEMPLATE.replace("{{metrics}}", rows)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--metrics", type=pathlib.Path, required=True)
    parser.add_argument("--dry-run", action="store_true")
    args = parser.parse_args()

    text = render(json.loads(args.metrics.read_text()))
    if args.dry_run:
        print(text)
        return
    HfApi().upload_file(
        path_or_fileobj=text.encode(),
        path_in_repo="README.md",
        repo_id=MODEL_REPO,
        commit_message="model card",
    )


if __name__ == "__main__":
    main()
