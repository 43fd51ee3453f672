HF_TOKEN = "@@huggingface@@"
BASE_MODEL = "meta-llama/Llama-3.1-8B-Instruct"
PROMPTS = "acme/redteam-prompts"
