from .clients import openai_client
from .index import nearest
from .settings import settings

PROMPT = "Answer from the articles only. Say so when they do not tell.\n\n{articles}"


async def answer(question: str) -> str:
    articles = "\n---\n".join(await nearest(question))
    client = openai_client()
    response = await client.responses.create(
        model=settings.helpdesk_model,
        instructions=PROMPT.format(articles=articles),
        input=question,
    )
    return response.output_text
