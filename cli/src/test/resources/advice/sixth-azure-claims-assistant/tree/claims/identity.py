from functools import cache

from azure.identity import DefaultAzureCredential, get_bearer_token_provider


@cache
def credential() -> DefaultAzureCredential:
    return DefaultAzureCredential(exclude_interactive_browser_credential=True)


def openai_token_provider():
    return get_bearer_token_provider(credential(), "https://cognitiveservices.azure.com/.default")
