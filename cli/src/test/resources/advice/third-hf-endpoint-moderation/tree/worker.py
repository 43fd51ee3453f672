import json
import logging

import redis

from moderation import ModerationError, allowed
from settings import QUEUE, REDIS_URL

log = logging.getLogger("worker")


def main():
    r = redis.Redis.from_url(REDIS_URL)
    while True:
        _, raw = r.blpop(QUEUE)
        comment = json.loads(raw)
        try:
            verdict = "published" if allowed(comment["text"]) else "held"
        except ModerationError as e:
            log.warning("%s: %s", comment["id"], e)
            verdict = "held"
        r.hset(f"comment:{comment['id']}", "state", verdict)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    main()
