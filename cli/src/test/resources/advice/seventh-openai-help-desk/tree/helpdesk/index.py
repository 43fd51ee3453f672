from qdrant_client.models import PointStruct

from .clients import openai_client, qdrant

COLLECTION = "articles"


async def vector(text: str) -> list[float]:
    client = openai_client()
    answer = await client.embeddings.create(model="text-embedding-3-small", input=text)
    return answer.data[0].embedding


async def add(number: int, text: str) -> None:
    point = PointStruct(id=number, vector=await vector(text), payload={"text": text})
    await qdrant().upsert(COLLECTION, points=[point])


async def nearest(question: str) -> list[str]:
    found = await qdrant().query_points(COLLECTION, query=await vector(question), limit=4)
    return [point.payload["text"] for point in found.points]
