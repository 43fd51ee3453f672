import time

from openai import OpenAI

OPENAI_KEY = "@@openai@@"
client = OpenAI(api_key=OPENAI_KEY)

upload = client.files.create(file=open("train.jsonl", "rb"), purpose="fine-tune")
job = client.fine_tuning.jobs.create(training_file=upload.id, model="gpt-4o-mini-2024-07-18")
while job.status not in ("succeeded", "failed", "cancelled"):
    time.sleep(30)
    job = client.fine_tuning.jobs.retrieve(job.id)
    print(job.status)
