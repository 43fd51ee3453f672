from pathlib import Path

CHAT_MODEL = "Qwen/Qwen2.5-7B-Instruct"
CORPUS = "acme-legal/clauses"
FEEDBACK = "acme-legal/clause-feedback"
FEEDBACK_DIR = Path("/tmp/feedback")
TOP_K = 4

SYSTEM = """You are a paralegal. Answer only from the clauses given.
Cite the clause number. If nothing fits, say so."""
