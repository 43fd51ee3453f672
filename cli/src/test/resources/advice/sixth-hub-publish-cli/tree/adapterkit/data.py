from datasets import Dataset, load_dataset


def flight_logs() -> Dataset:
    logs = load_dataset("osprey/flight-logs", split="train")
    return logs.map(lambda row: {"text": f"{row['phase']}: {row['remark']}"})
