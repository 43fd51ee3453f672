from pydantic import BaseModel

from .client import client


class Grade(BaseModel):
    score: int
    why: str


def grade(question: str, wanted: str, got: str) -> Grade:
    prompt = f"Question: {question}\nReference: {wanted}\nAnswer: {got}\nScore 0 to 10."
    done = client().chat.completions.parse(model="gpt-4.1", messages=[{"role": "user", "content": prompt}], response_format=Grade)
    return done.choices[0].message.parsed
