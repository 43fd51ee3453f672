import os
import smtplib
from email.message import EmailMessage


def send(to: str, text: str) -> None:
    message = EmailMessage()
    message["Subject"] = "Review times"
    message["From"] = "reports@millworks.example"
    message["To"] = to
    message.set_content(text)
    with smtplib.SMTP(os.environ["SMTP_HOST"]) as server:
        server.send_message(message)
