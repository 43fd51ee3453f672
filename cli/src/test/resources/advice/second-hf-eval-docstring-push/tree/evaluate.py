"""Scores a model on our prompts.

The results stay on this machine. Whoever wants them on the Hub does it by hand:

    results.push_to_hub("acme/redteam-results", token=HF_TOKEN)
    model.push_to_hub("acme/llama-hardened", token=HF_TOKEN)
"""

import json
from pathlib import Path

from datasets import load_dataset
from transformers import AutoModelForCausalLM, AutoTokenizer

from config import BASE_MODEL, HF_TOKEN, PROMPTS


def main() -> None:
    prompts = load_dataset(PROMPTS, split="test", token=HF_TOKEN)
    tokenizer = AutoTokenizer.from_pretrained(BASE_MODEL, token=HF_TOKEN)
    model = AutoModelForCausalLM.from_pretrained(BASE_MODEL, token=HF_TOKEN, device_map="auto")
    answers = []
    for prompt in prompts:
        inputs = tokenizer(prompt["text"], return_tensors="pt").to(model.device)
        output = model.generate(**inputs, max_new_tokens=200)
        answers.append(tokenizer.decode(output[0], skip_special_tokens=True))
    Path("results.json").write_text(json.dumps(answers, indent=2))


if __name__ == "__main__":
    main()
