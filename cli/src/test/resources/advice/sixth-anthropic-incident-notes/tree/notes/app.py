import os

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

from notes.writer import NotesWriter

app = App(token=os.environ["SLACK_BOT_TOKEN"])
writer = NotesWriter()


@app.command("/notes")
def notes(ack, body, client, respond):
    ack()
    history = client.conversations_history(channel=body["channel_id"], limit=200)
    messages = [f"{m['ts']} <{m.get('user', 'bot')}> {m['text']}" for m in reversed(history["messages"])]
    respond(writer.write(messages), response_type="in_channel")


if __name__ == "__main__":
    SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()
