import json

from google.cloud import pubsub_v1

PROJECT = "acme-prod"
TOPIC = "outgoing-mail"


class Outbox:
    def __init__(self) -> None:
        self._publisher = pubsub_v1.PublisherClient()
        self._topic = self._publisher.topic_path(PROJECT, TOPIC)

    def put(self, to: str, html: str) -> str:
        body = json.dumps({"to": to, "html": html}).encode()
        return self._publisher.publish(self._topic, body, kind="html").result(timeout=30)
