import json

from contracts.settings import SUMMARY_MODEL, make_client


def summarize(rows: list[dict]) -> str:
    client = make_client()
    response = client.responses.create(
        model=SUMMARY_MODEL,
        instructions="Write a short overview of tonight's contracts for the legal team.",
        input=json.dumps(rows)[:200_000],
    )
    return response.output_text
