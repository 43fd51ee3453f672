import sys

from ranker import settings
from ranker.store import ModelStore
from ranker.training import train


def main() -> None:
    store = ModelStore(settings.HUB_TOKEN)
    base = store.fetch_base()
    train(base, "out")
    store.publish("out", sys.argv[1])


main()
