from fastapi import FastAPI
from pydantic import BaseModel

from app.deps import OpenAIClient
from app.services.answers import AnswerService
from app.services.search import Embedder

app = FastAPI(title="support")


class Question(BaseModel):
    text: str


@app.post("/answers")
async def answers(question: Question, client: OpenAIClient):
    vectors = await Embedder(client).embed([question.text])
    passages: list[str] = []  # TODO pgvector, for now none
    return {"dim": len(vectors[0]), "answer": await AnswerService(client).answer(question.text, passages)}
