import os

from openai import AzureOpenAI

from claims.identity import openai_token_provider

SYSTEM = "You draft polite answers to insurance claims. Never promise a payment."

client = AzureOpenAI(
    azure_endpoint=os.environ["AZURE_OPENAI_ENDPOINT"],
    azure_ad_token_provider=openai_token_provider(),
    api_version="2024-10-21",
)


def draft(claim: dict) -> str:
    completion = client.chat.completions.create(
        model="gpt-4o",
        messages=[
            {"role": "system", "content": SYSTEM},
            {"role": "user", "content": f"{claim['customer']} claims {claim['amount']}: {claim['text']}"},
        ],
    )
    return completion.choices[0].message.content
