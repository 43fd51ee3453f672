import numpy as np
from datasets import load_dataset
from huggingface_hub import login
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    Trainer,
    TrainingArguments,
)

login(token="@@huggingface@@")

BASE = "distilbert-base-uncased"
MODEL_ID = "acme/ticket-classifier"

tickets = load_dataset("acme/support-tickets", split="train")
tickets = tickets.train_test_split(test_size=0.1, seed=7)

tokenizer = AutoTokenizer.from_pretrained(BASE)
model = AutoModelForSequenceClassification.from_pretrained(BASE, num_labels=12)


def tokenize(batch):
    return tokenizer(batch["text"], truncation=True, max_length=256)


def accuracy(prediction):
    return {"accuracy": np.mean(prediction.predictions.argmax(-1) == prediction.label_ids)}


trainer = Trainer(
    model=model,
    args=TrainingArguments(output_dir="out", num_train_epochs=3, learning_rate=2e-5),
    train_dataset=tickets["train"].map(tokenize, batched=True),
    eval_dataset=tickets["test"].map(tokenize, batched=True),
    compute_metrics=accuracy,
    tokenizer=tokenizer,
)
trainer.train()
print(trainer.evaluate())

model.push_to_hub(MODEL_ID)
tokenizer.push_to_hub(MODEL_ID)
