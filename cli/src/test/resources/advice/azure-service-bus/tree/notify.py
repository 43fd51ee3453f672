import json

from azure.identity import ClientSecretCredential
from azure.servicebus import ServiceBusClient, ServiceBusMessage

CLIENT_SECRET = "@@azure@@"
credential = ClientSecretCredential(
    "00000000-0000-0000-0000-000000000000", "11111111-1111-1111-1111-111111111111", CLIENT_SECRET
)


def notify(event: dict) -> None:
    with ServiceBusClient("acme-bus.servicebus.windows.net", credential) as client:
        with client.get_queue_sender("events") as sender:
            sender.send_messages(ServiceBusMessage(json.dumps(event)))
