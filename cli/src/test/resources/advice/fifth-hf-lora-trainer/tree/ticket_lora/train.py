import argparse

import torch
from dotenv import load_dotenv
from huggingface_hub import HfApi  # noqa: F401  (left from the first version)
from peft import LoraConfig, get_peft_model
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    DataCollatorForLanguageModeling,
    Trainer,
    TrainingArguments,
)

from .config import TrainConfig
from .data import corpus

load_dotenv()


def parse() -> TrainConfig:
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=1)
    args = parser.parse_args()
    return TrainConfig(epochs=args.epochs)


def build(cfg: TrainConfig):
    tokenizer = AutoTokenizer.from_pretrained(cfg.hub.base_model)
    tokenizer.pad_token = tokenizer.eos_token
    model = AutoModelForCausalLM.from_pretrained(cfg.hub.base_model, torch_dtype=torch.bfloat16)
    return tokenizer, get_peft_model(model, LoraConfig(r=16, task_type="CAUSAL_LM"))


def main() -> None:
    cfg = parse()
    tokenizer, model = build(cfg)
    data = corpus(cfg).map(
        lambda row: tokenizer(row["body"], truncation=True, max_length=cfg.max_length),
        batched=True,
        remove_columns=["body", "queue"],
    )
    args = TrainingArguments(
        output_dir=cfg.output_dir,
        num_train_epochs=cfg.epochs,
        learning_rate=cfg.learning_rate,
        bf16=True,
        report_to="none",
        push_to_hub=True,
        hub_model_id=cfg.hub.adapter,
        hub_private_repo=True,
    )
    trainer = Trainer(
        model=model,
        args=args,
        train_dataset=data["train"],
        data_collator=DataCollatorForLanguageModeling(tokenizer, mlm=False),
    )
    trainer.train()
    trainer.push_to_hub(commit_message="adapter")
    # HfApi().upload_file(path_or_fileobj="out/metrics.json", path_in_repo="metrics.json", repo_id="acme-nlp/metrics")


if __name__ == "__main__":
    main()
