from openai import AzureOpenAI

AZURE_OPENAI_API_KEY = "@@azure-openai@@"

client = AzureOpenAI(
    azure_endpoint="https://acme-ai.openai.azure.com",
    api_key=AZURE_OPENAI_API_KEY,
    api_version="2024-10-21",
)


def assist(text: str) -> str:
    reply = client.chat.completions.create(
        model="gpt-4o-prod",
        messages=[{"role": "user", "content": text}],
    )
    return reply.choices[0].message.content
