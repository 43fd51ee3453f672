BASE_REPO = "acme/base-encoder"
MODEL_REPO = "acme/ranker"
CACHE_DIR = "/var/cache/ranker"
