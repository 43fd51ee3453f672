import os

from dotenv import load_dotenv

load_dotenv()


class Config:
    api_key = os.environ["AZURE_OPENAI_API_KEY"]
    endpoint = os.environ["AZURE_OPENAI_ENDPOINT"]
    deployment = os.environ.get("AZURE_OPENAI_DEPLOYMENT", "gpt-4o")
    transcripts = os.environ.get("TRANSCRIPTS", "transcripts")
