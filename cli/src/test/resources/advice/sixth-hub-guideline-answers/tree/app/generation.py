import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from app.settings import settings

token = settings.huggingface_token.get_secret_value()
tokenizer = AutoTokenizer.from_pretrained(settings.generator_model, token=token)
model = AutoModelForCausalLM.from_pretrained(settings.generator_model, token=token, torch_dtype=torch.bfloat16, device_map="auto")

PROMPT = "Answer only from these passages.\n\n{passages}\n\nQuestion: {question}\nAnswer:"


def generate(question: str, passages: list[str]) -> str:
    prompt = PROMPT.format(passages="\n---\n".join(passages), question=question)
    inputs = tokenizer(prompt, return_tensors="pt").to(model.device)
    output = model.generate(**inputs, max_new_tokens=300, do_sample=False)
    return tokenizer.decode(output[0][inputs["input_ids"].shape[1]:], skip_special_tokens=True)
