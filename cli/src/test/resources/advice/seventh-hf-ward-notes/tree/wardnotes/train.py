import argparse

from peft import LoraConfig, get_peft_model
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    DataCollatorForLanguageModeling,
    Trainer,
    TrainingArguments,
)

from . import data
from .settings import settings

BASE = "meta-llama/Llama-3.2-1B"
ADAPTER = "stmartin/ward-llama-lora"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--dry-run", action="store_true")
    args = parser.parse_args()

    tokenizer = AutoTokenizer.from_pretrained(BASE, token=settings.hf_token)
    tokenizer.pad_token = tokenizer.eos_token
    model = AutoModelForCausalLM.from_pretrained(BASE, token=settings.hf_token)
    model = get_peft_model(model, LoraConfig(r=16, target_modules=["q_proj", "v_proj"]))

    trainer = Trainer(
        model=model,
        args=TrainingArguments(
            output_dir=settings.output_dir,
            num_train_epochs=args.epochs,
            per_device_train_batch_size=4,
            report_to="none",
        ),
        train_dataset=data.encode(data.training_notes(), tokenizer),
        data_collator=DataCollatorForLanguageModeling(tokenizer, mlm=False),
    )
    trainer.train()

    if not args.dry_run:
        model.push_to_hub(ADAPTER, token=settings.hf_token, private=True)
        tokenizer.push_to_hub(ADAPTER, token=settings.hf_token)


if __name__ == "__main__":
    main()
