import logging

import evaluate
import numpy as np
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    DataCollatorWithPadding,
    Trainer,
    TrainingArguments,
)

from triage import config
from triage.data import load_tickets, tokenize

log = logging.getLogger(__name__)
accuracy = evaluate.load("accuracy")


def metrics(prediction):
    logits, labels = prediction
    return accuracy.compute(predictions=np.argmax(logits, axis=-1), references=labels)


def main() -> None:
    tokenizer = AutoTokenizer.from_pretrained(config.BASE_MODEL)
    tickets = tokenize(load_tickets(), tokenizer)
    model = AutoModelForSequenceClassification.from_pretrained(
        config.BASE_MODEL,
        num_labels=len(config.QUEUES),
        id2label=dict(enumerate(config.QUEUES)),
    )
    arguments = TrainingArguments(
        output_dir="out/ticket-triage",
        learning_rate=3e-5,
        num_train_epochs=4,
        per_device_train_batch_size=32,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        seed=config.SEED,
        hub_model_id=config.HUB_MODEL_ID,
        hub_private_repo=True,
        hub_token=config.HF_TOKEN,
    )
    trainer = Trainer(
        model=model,
        args=arguments,
        train_dataset=tickets["train"],
        eval_dataset=tickets["validation"],
        processing_class=tokenizer,
        data_collator=DataCollatorWithPadding(tokenizer),
        compute_metrics=metrics,
    )
    trainer.train()
    log.info("evaluation: %s", trainer.evaluate())
    trainer.push_to_hub(commit_message="Retrain on the newest tickets")


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    main()
