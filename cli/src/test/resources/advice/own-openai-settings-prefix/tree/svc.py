from openai import AsyncOpenAI
from cfg import settings

class Bot:
    def __init__(self):
        self._client = AsyncOpenAI(api_key=settings.openai_key)
    async def say(self, t):
        async with self._client.responses.stream(model="gpt-5", input=t) as s:
            async for e in s:
                print(e)
