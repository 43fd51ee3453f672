import os

from huggingface_hub import snapshot_download


def fetch(name):
    return snapshot_download(name, token=os.environ["PARSER_HUB"])


print(fetch("initech/parser"))
