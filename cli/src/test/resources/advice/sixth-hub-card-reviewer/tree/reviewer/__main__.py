import logging

from reviewer.cards import missing_sections
from reviewer.discuss import open_discussion
from reviewer.settings import DRY_RUN, MODELS

log = logging.getLogger("reviewer")


def main() -> None:
    logging.basicConfig(level=logging.INFO)
    for model in MODELS:
        missing = missing_sections(model)
        log.info("%s lacks %s", model, missing or "nothing")
        if missing and not DRY_RUN:
            open_discussion(model, missing)


main()
