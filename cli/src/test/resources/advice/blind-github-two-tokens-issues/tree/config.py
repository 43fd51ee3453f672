INTAKE_TOKEN = "@@github@@"
TRACKER_TOKEN = "@@github-fine@@"
LABEL = "customer"
