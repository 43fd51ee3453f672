"""Turns approved replies into a training file and starts a fine-tuning job."""
import configparser
import csv
import json
import pathlib

from openai import OpenAI

cfg = configparser.ConfigParser()
cfg.read("tuning.ini")
section = cfg["tuning"]

client = OpenAI(api_key=section["openai_api_key"])


def example(row):
    return {
        "messages": [
            {"role": "user", "content": row["question"]},
            {"role": "assistant", "content": row["reply"]},
        ]
    }


with open("approved.csv", newline="") as src, open("train.jsonl", "w") as out:
    for row in csv.DictReader(src):
        out.write(json.dumps(example(row)) + "\n")

upload = client.files.create(file=open("train.jsonl", "rb"), purpose="fine-tune")
job = client.fine_tuning.jobs.create(
    training_file=upload.id,
    model=section["base"],
    suffix=section["suffix"],
    hyperparameters={"n_epochs": section.getint("epochs")},
)
pathlib.Path("job.id").write_text(job.id)
print(job.id, job.status)
