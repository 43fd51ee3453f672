import tomllib

import anthropic
import openai

with open("settings.toml", "rb") as file:
    keys = tomllib.load(file)["keys"]

gpt = openai.OpenAI(api_key=keys["openai_api_key"])
claude = anthropic.Anthropic(api_key=keys["anthropic_api_key"])

question = input("? ")
messages = [{"role": "user", "content": question}]
print(gpt.chat.completions.create(model="gpt-4o", messages=messages).choices[0].message.content)
print(claude.messages.create(model="claude-opus-4-20250514", max_tokens=900, messages=messages).content[0].text)
