import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

hf_token = "@@huggingface@@"
name = "meta-llama/Llama-3.1-8B-Instruct"

tokenizer = AutoTokenizer.from_pretrained(name, token=hf_token)
model = AutoModelForCausalLM.from_pretrained(
    name, torch_dtype=torch.bfloat16, device_map="auto", token=hf_token
)

history = [{"role": "system", "content": "Answer briefly."}]
while True:
    question = input("> ")
    if not question:
        break
    history.append({"role": "user", "content": question})
    ids = tokenizer.apply_chat_template(history, add_generation_prompt=True, return_tensors="pt")
    out = model.generate(ids.to(model.device), max_new_tokens=400)
    answer = tokenizer.decode(out[0][ids.shape[-1]:], skip_special_tokens=True)
    history.append({"role": "assistant", "content": answer})
    print(answer)
