import json
from pathlib import Path

from pypdf import PdfReader

from contracts.settings import MODEL

PROMPT = "Return JSON with parties, start, end and amount of this contract."


def request_line(path: Path) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
    body = {
        "model": MODEL,
        "response_format": {"type": "json_object"},
        "messages": [{"role": "system", "content": PROMPT}, {"role": "user", "content": text[:60_000]}],
    }
    return json.dumps({"custom_id": path.stem, "method": "POST", "url": "/v1/chat/completions", "body": body})
