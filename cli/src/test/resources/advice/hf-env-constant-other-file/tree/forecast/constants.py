HUB_REPO = "acme/forecast-v2"
HORIZON_DAYS = 28
