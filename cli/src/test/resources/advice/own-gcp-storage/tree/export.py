import os
from google.cloud import pubsub_v1, storage

os.environ["GOOGLE_APPLICATION_CREDENTIALS"] = "service-account.json"
client = storage.Client()
bucket = client.bucket("acme-exports")
blob = bucket.blob("today.csv")
blob.upload_from_filename("today.csv")
publisher = pubsub_v1.PublisherClient()
publisher.publish(publisher.topic_path("acme-prod", "exports"), b"today.csv")
