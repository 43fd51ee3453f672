from datasets import DatasetDict, load_dataset

from triage import config


def load_tickets() -> DatasetDict:
    tickets = load_dataset(config.DATASET_ID, token=config.HF_TOKEN)
    tickets = tickets.filter(lambda row: row["queue"] in config.QUEUES)
    return tickets.map(encode_label)


def encode_label(row: dict) -> dict:
    return {"label": config.QUEUES.index(row["queue"])}


def tokenize(tickets: DatasetDict, tokenizer) -> DatasetDict:
    def step(batch):
        return tokenizer(batch["text"], truncation=True, max_length=config.MAX_LENGTH)

    return tickets.map(step, batched=True, remove_columns=["text", "queue"])
