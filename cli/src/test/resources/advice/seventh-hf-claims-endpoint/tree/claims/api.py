import os

import psycopg
from fastapi import FastAPI
from pydantic import BaseModel

from .classifier import ClaimClassifier

app = FastAPI()
classifier = ClaimClassifier()


class Claim(BaseModel):
    number: str
    text: str


@app.post("/claims")
def classify(claim: Claim) -> dict[str, str]:
    label = classifier.label(claim.text)
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute("insert into labels (claim, label) values (%s, %s)", (claim.number, label))
    return {"label": label}
