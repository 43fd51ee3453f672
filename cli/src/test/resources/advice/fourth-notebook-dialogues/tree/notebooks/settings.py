BASE = "meta-llama/Llama-3.2-1B"
HUB_MODEL = "acme-care/triage-1b"

DIALOGUES = "acme-care/dialogues"
EVAL_CASES = "acme-care/eval-cases"
MAX_LEN = 768
