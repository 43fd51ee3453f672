from fastapi import FastAPI
from pydantic import BaseModel

from app.corpus import Corpus
from app.generation import generate

app = FastAPI(title="guideline answers")
corpus = Corpus()


class Question(BaseModel):
    question: str


@app.get("/health")
def health():
    return {"passages": len(corpus.passages)}


@app.post("/answer")
def answer(body: Question):
    passages = corpus.nearest(body.question)
    return {"answer": generate(body.question, passages), "passages": passages}
