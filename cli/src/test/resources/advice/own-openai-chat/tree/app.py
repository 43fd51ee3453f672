from dotenv import load_dotenv
from openai import OpenAI

load_dotenv()
client = OpenAI()

print([model.id for model in client.models.list()])
reply = client.chat.completions.create(model="gpt-5", messages=[{"role": "user", "content": "hi"}])
