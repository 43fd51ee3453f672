import re

from models import JUDGE

PROMPT = """Question: {question}
Expected: {expected}
Answer: {answer}
Does the answer say the same as what is expected? Reply with a number from 0 to 10."""


def grade(question: str, expected: str, answer: str) -> int:
    reply = JUDGE.invoke(PROMPT.format(question=question, expected=expected, answer=answer))
    found = re.search(r"\d+", reply.content)
    return int(found[0]) if found else 0
