import os

from google.cloud import pubsub_v1

os.environ["GOOGLE_APPLICATION_CREDENTIALS"] = "secrets/sa.json"

subscriber = pubsub_v1.SubscriberClient()
path = subscriber.subscription_path("acme-prod", "orders-mailer")


def handle(message):
    print("mail for", message.attributes["customer"])
    message.ack()


with subscriber:
    subscriber.subscribe(path, callback=handle).result()
