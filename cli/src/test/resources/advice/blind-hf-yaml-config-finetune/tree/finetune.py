import argparse

import yaml
from datasets import load_dataset
from transformers import AutoModelForTokenClassification, AutoTokenizer, Trainer, TrainingArguments


def read_config(path="config/finetune.yaml"):
    with open(path) as file:
        return yaml.safe_load(file)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--resume", action="store_true")
    cfg = read_config()
    data = load_dataset(cfg["dataset"], token=cfg["hub_token"])

    tokenizer = AutoTokenizer.from_pretrained(cfg["base_model"])
    model = AutoModelForTokenClassification.from_pretrained(
        cfg["base_model"], num_labels=len(cfg["labels"])
    )
    arguments = TrainingArguments(
        output_dir="out",
        num_train_epochs=cfg["epochs"],
        per_device_train_batch_size=cfg["batch_size"],
    )
    trainer = Trainer(
        model=model, args=arguments, train_dataset=data["train"], eval_dataset=data["validation"]
    )
    trainer.train(resume_from_checkpoint=parser.parse_args().resume)
    # The tokenizer is that of the base model, so only the weights are published.
    model.push_to_hub(cfg["output_repo"], private=True, token=cfg["hub_token"])


if __name__ == "__main__":
    main()
