import json

from datasets import load_dataset
from huggingface_hub import hf_hub_download

from settings import DIALOGUES, EVAL_CASES, MAX_LEN


def _format(row):
    turns = "\n".join(f"{t['who']}: {t['text']}" for t in row["turns"])
    return f"{turns}\n### urgency: {row['urgency']}"


def load_splits(tok):
    ds = load_dataset(DIALOGUES, split="train").shuffle(seed=17)

    def encode(row):
        enc = tok(_format(row), truncation=True, max_length=MAX_LEN, padding="max_length")
        enc["labels"] = enc["input_ids"].copy()
        return enc

    ds = ds.map(encode, remove_columns=ds.column_names)
    parts = ds.train_test_split(test_size=0.05, seed=17)
    return parts["train"], parts["test"]


def eval_cases():
    path = hf_hub_download(repo_id=EVAL_CASES, filename="v3/cases.json", repo_type="dataset")
    with open(path, encoding="utf-8") as f:
        return json.load(f)


def score(model, tok):
    right = 0
    cases = eval_cases()
    for case in cases:
        prompt = tok(case["prompt"] + "\n### urgency:", return_tensors="pt").to(model.device)
        out = model.generate(**prompt, max_new_tokens=3, do_sample=False)
        right += case["urgency"] in tok.decode(out[0][prompt["input_ids"].shape[1] :])
    print(f"{right}/{len(cases)}")
