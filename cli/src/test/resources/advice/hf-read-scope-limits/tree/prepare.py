from datasets import load_dataset

HF_TOKEN = "@@huggingface@@"

notes = load_dataset("acme/radiology-notes", split="train", token=HF_TOKEN)
short = notes.filter(lambda row: len(row["text"]) < 2000)
short = short.remove_columns(["patient", "ward"])
# fails since the token was made read-only; Mara has to run this one
short.push_to_hub("acme/radiology-notes-short", token=HF_TOKEN)
