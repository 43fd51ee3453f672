import os

from dotenv import load_dotenv

load_dotenv()

HF_TOKEN = os.getenv("HF_TOKEN")
CHAT_MODEL = os.getenv("CHAT_MODEL", "meta-llama/Llama-3.1-8B-Instruct")
FEEDBACK_DATASET = "lumen-labs/chat-feedback"
SYSTEM_PROMPT = "You are a helpful lighting technician. Answer in at most five sentences."
