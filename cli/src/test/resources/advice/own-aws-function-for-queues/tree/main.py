from queue_lib import send

send("orders", "1")
send("mails", "2")
