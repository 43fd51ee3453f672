STATEMENT_BUCKET = "corvid-statements"
PREFIX = "monthly/"
KEEP_MONTHS = 18
