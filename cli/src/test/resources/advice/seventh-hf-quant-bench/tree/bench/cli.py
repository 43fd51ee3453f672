import argparse
import datetime

from huggingface_hub import snapshot_download

from .config import BATCH, HF_TOKEN, SEED
from .measure import perplexity
from .store import ScoreStore


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("model", help="repository of the model to measure")
    parser.add_argument("--revision", default="main")
    args = parser.parse_args()

    folder = snapshot_download(args.model, revision=args.revision, token=HF_TOKEN)
    scores = {"perplexity": perplexity(folder, batch=BATCH, seed=SEED)}
    today = datetime.date.today().isoformat()
    ScoreStore().save(f"{args.model.replace('/', '--')}/{today}.json", scores)


if __name__ == "__main__":
    main()
