"""Reads the published adapter back and prints its perplexity."""
import math

import torch
from dotenv import load_dotenv
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

from ticket_lora.config import TrainConfig
from ticket_lora.data import corpus


@torch.no_grad()
def perplexity(model, tokenizer, rows) -> float:
    total = 0.0
    for row in rows:
        batch = tokenizer(row["body"], return_tensors="pt", truncation=True)
        total += model(**batch, labels=batch["input_ids"]).loss.item()
    return math.exp(total / len(rows))


if __name__ == "__main__":
    load_dotenv()
    cfg = TrainConfig()
    tokenizer = AutoTokenizer.from_pretrained(cfg.hub.base_model)
    base = AutoModelForCausalLM.from_pretrained(cfg.hub.base_model)
    model = PeftModel.from_pretrained(base, cfg.hub.adapter)
    print(perplexity(model, tokenizer, corpus(cfg)["test"]))
