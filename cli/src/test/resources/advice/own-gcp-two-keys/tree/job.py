from google.cloud import pubsub_v1, storage

bucket = storage.Client.from_service_account_json("keys/reader.json").bucket("initech-in")
publisher = pubsub_v1.PublisherClient.from_service_account_json("keys/sender.json")

text = bucket.blob("today.txt").download_as_text()
publisher.publish(publisher.topic_path("acme-prod", "done"), text.encode())
