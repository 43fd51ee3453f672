hub_token = "@@huggingface@@"
DATASET = "acme/logs"
