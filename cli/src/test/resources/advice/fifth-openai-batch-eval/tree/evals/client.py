import os
from functools import lru_cache

from dotenv import load_dotenv
from openai import OpenAI

load_dotenv()
MODEL = os.getenv("EVALS_MODEL", "gpt-4.1-mini")


@lru_cache(maxsize=1)
def client() -> OpenAI:
    return OpenAI(api_key=os.environ["EVALS_OPENAI_KEY"], timeout=120)
