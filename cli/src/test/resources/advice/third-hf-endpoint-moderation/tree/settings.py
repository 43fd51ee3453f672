"""Production settings of the forum's moderation worker."""

REDIS_URL = "redis://cache.internal:6379/2"
QUEUE = "comments"

# dedicated endpoint, scaled to zero over night
MODERATION_URL = "https://k3v9x2m1q8w7p4zt.eu-west-1.aws.endpoints.huggingface.cloud"
HF_API_TOKEN = "@@huggingface@@"

THRESHOLD = 0.82
TIMEOUT = 20
