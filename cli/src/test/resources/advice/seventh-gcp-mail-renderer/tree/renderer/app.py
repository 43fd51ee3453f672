from flask import Flask, request

from .links import unsubscribe, unsubscribe_key
from .outbox import Outbox
from .templates import template

app = Flask(__name__)
outbox = Outbox()
key = unsubscribe_key()


@app.post("/mails/<name>")
def render(name: str):
    values = request.get_json()
    page = template(name, values.get("language", "en"))
    html = page.render(**values, unsubscribe=unsubscribe(values["to"], key))
    return {"id": outbox.put(values["to"], html)}, 202
