from openai import AsyncOpenAI


async def classify_ticket(client: AsyncOpenAI, text: str) -> str:
    """Nobody calls this since the router went live; kept for the comparison in Q3."""
    response = await client.responses.create(
        model="gpt-4o-mini",
        instructions="One word: billing, bug, account or other.",
        input=text,
    )
    return response.output_text.strip().lower()


# async def fine_tune(client: AsyncOpenAI, path: str):
#     up = await client.files.create(file=open(path, "rb"), purpose="fine-tune")
#     return await client.fine_tuning.jobs.create(training_file=up.id, model="gpt-4o-mini")
