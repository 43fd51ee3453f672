"""Prints the training loss once the job is done."""
import configparser
import csv
import io
import pathlib
import sys

from openai import OpenAI

cfg = configparser.ConfigParser()
cfg.read("tuning.ini")

client = OpenAI(api_key=cfg["tuning"]["openai_api_key"])

job = client.fine_tuning.jobs.retrieve(pathlib.Path("job.id").read_text())
if job.status != "succeeded":
    sys.exit(f"not yet: {job.status}")

text = client.files.content(job.result_files[0]).text
for row in csv.DictReader(io.StringIO(text)):
    print(row["step"], row["train_loss"], sep="\t")
print("model:", job.fine_tuned_model)
