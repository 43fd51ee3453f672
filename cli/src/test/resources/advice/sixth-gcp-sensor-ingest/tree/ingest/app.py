from flask import Flask, request

from ingest import config
from ingest.sinks import RawSink, TableSink, TopicSink

app = Flask(__name__)
sinks = [RawSink(), TableSink(), TopicSink()]


@app.post("/readings")
def readings():
    batch = request.get_json()
    if len(batch) > config.MAX_BATCH:
        return {"error": f"more than {config.MAX_BATCH} readings"}, 413
    for sink in sinks:
        sink.write(batch)
    return {"accepted": len(batch)}, 202
