import logging

from . import jobs
from .parse import parse
from .storage import InvoiceStore

log = logging.getLogger("worker")


def main() -> None:
    logging.basicConfig(level=logging.INFO)
    store = InvoiceStore()
    queue = jobs.queue()
    while True:
        for message in jobs.next_messages(queue):
            key = jobs.key_of(message)
            number, total = parse(store.read(key))
            store.save(number, total, key)
            message.delete()
            log.info("invoice %s done", number)


if __name__ == "__main__":
    main()
