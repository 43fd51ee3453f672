import logging
import os

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

from .members import members
from .store import Answers

logging.basicConfig(level=logging.INFO)
app = App(token=os.environ["SLACK_BOT_TOKEN"])
answers = Answers("answers.db")
CHANNEL = os.environ["STANDUP_CHANNEL"]


def ask() -> None:
    for user in members(app.client, CHANNEL):
        app.client.chat_postMessage(channel=user["id"], text=f"Good morning {user['name']}, what is next?")


@app.event("message")
def answered(event, say):
    if event.get("channel_type") != "im" or event.get("bot_id"):
        return
    answers.add(event["user"], event["text"])
    say("Thank you!")


@app.command("/standup")
def summary(ack, respond):
    ack()
    respond("\n".join(f"<@{user}>: {text}" for user, text in answers.today()))


if __name__ == "__main__":
    SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()
