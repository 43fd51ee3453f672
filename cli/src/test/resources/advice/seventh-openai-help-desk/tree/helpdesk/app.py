from fastapi import FastAPI
from pydantic import BaseModel

from . import index
from .answer import answer

app = FastAPI(title="Help desk")


class Question(BaseModel):
    text: str


class Article(BaseModel):
    number: int
    text: str


@app.post("/questions")
async def ask(question: Question) -> dict[str, str]:
    return {"answer": await answer(question.text)}


@app.put("/articles")
async def put(article: Article) -> None:
    await index.add(article.number, article.text)
