ORDERS_TABLE = "orders"
JOBS_QUEUE_URL = "https://sqs.eu-west-1.amazonaws.com/481516234200/fulfilment-jobs"
WAIT = 20
