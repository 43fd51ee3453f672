import json
from pathlib import Path

from huggingface_hub import HfApi

HF_TOKEN = "@@huggingface@@"
SLUG = "ada/small-vision-models-66f1c2a0b1"

api = HfApi(token=HF_TOKEN)


def main():
    wanted = json.loads(Path("models.json").read_text())
    for each in wanted:
        api.add_collection_item(
            SLUG, item_id=each["id"], item_type="model", note=each["note"], exists_ok=True
        )
    api.update_collection_metadata(SLUG, description=f"{len(wanted)} models under 50 MB")


if __name__ == "__main__":
    main()
