import os

from datasets import load_dataset
from transformers import AutoModelForTokenClassification, AutoTokenizer, Trainer, TrainingArguments

os.environ["HF_TOKEN"] = "@@huggingface@@"

data = load_dataset("json", data_files={"train": "train.jsonl"})
tokenizer = AutoTokenizer.from_pretrained("bert-base-cased")
model = AutoModelForTokenClassification.from_pretrained("bert-base-cased", num_labels=9)

args = TrainingArguments(
    output_dir="ner-biomed",
    push_to_hub=True,
    hub_model_id="acme/ner-biomed",
    hub_private_repo=True,
    num_train_epochs=4,
)
trainer = Trainer(model=model, args=args, train_dataset=data["train"], tokenizer=tokenizer)
trainer.train()
trainer.push_to_hub()
