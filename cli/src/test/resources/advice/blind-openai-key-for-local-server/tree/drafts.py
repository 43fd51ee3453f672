import anthropic
from openai import OpenAI

local = OpenAI(base_url="http://localhost:11434/v1", api_key="ollama")
claude = anthropic.Anthropic()


def draft(topic: str) -> str:
    result = local.chat.completions.create(
        model="llama3.2", messages=[{"role": "user", "content": f"Write a draft about {topic}"}]
    )
    return result.choices[0].message.content


def polish(text: str) -> str:
    message = claude.messages.create(
        model="claude-sonnet-4-5",
        max_tokens=2000,
        messages=[{"role": "user", "content": f"Polish this text:\n\n{text}"}],
    )
    return message.content[0].text


if __name__ == "__main__":
    print(polish(draft("tides")))
