from huggingface_hub import HfApi

from reviewer.settings import TOKEN

api = HfApi(token=TOKEN)


def body(missing: list[str]) -> str:
    lines = "\n".join(f"- {section}" for section in missing)
    return f"The model card has no section about:\n\n{lines}\n\nSee the card guide in the handbook."


def open_discussion(model: str, missing: list[str]) -> None:
    api.create_discussion(model, title="Model card is incomplete", description=body(missing))
