from huggingface_hub import ModelCard

from reviewer.settings import SECTIONS, TOKEN


def missing_sections(model: str) -> list[str]:
    card = ModelCard.load(model, token=TOKEN)
    headings = {line.lstrip("# ").lower() for line in card.text.splitlines() if line.startswith("#")}
    return [section for section in SECTIONS if section.lower() not in headings]
