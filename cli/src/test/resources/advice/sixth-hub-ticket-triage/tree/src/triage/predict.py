import sys

from transformers import pipeline

from triage import config


def classifier():
    return pipeline("text-classification", model=config.HUB_MODEL_ID, token=config.HF_TOKEN)


if __name__ == "__main__":
    for answer in classifier()(sys.argv[1:]):
        print(f"{answer['label']}\t{answer['score']:.3f}")
