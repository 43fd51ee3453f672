AWS_ACCESS_KEY_ID = "@@aws-id@@"
AWS_SECRET_ACCESS_KEY = "@@aws@@"
DEBUG = False
