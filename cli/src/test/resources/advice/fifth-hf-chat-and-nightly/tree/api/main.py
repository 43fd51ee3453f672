import sqlite3

from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from llm import Assistant

app = FastAPI()
assistant = Assistant()


class Question(BaseModel):
    text: str


@app.post("/ask")
async def ask(question: Question):
    return StreamingResponse(assistant.stream(question.text), media_type="text/plain")


@app.post("/feedback/{answer}")
def feedback(answer: str, good: bool):
    with sqlite3.connect("/var/lib/feedback/feedback.db") as db:
        db.execute("insert into feedback values (?, ?, datetime())", (answer, good))
    return {"ok": True}


# TODO: serve the private reranker here
# from huggingface_hub import snapshot_download
# snapshot_download("acme/reranker", token=os.environ["HF_TOKEN"])
