import openai

from . import fallback, llm

SYSTEM = "Answer from the given passages of the staff handbook only. Say so if they do not contain the answer."


def answer(question, passages):
    prompt = "\n---\n".join(passages) + f"\n\nQuestion: {question}"
    try:
        return llm.chat(SYSTEM, prompt)
    except openai.APIStatusError:
        return fallback.chat(SYSTEM, prompt)
