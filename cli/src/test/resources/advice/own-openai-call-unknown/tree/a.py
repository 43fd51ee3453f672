from openai import OpenAI
client = OpenAI()
client.chat.completions.create(model="m", messages=[])
v = client.videos.create(model="sora-2", prompt="x")
