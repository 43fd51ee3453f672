import os
from openai import OpenAI

local = OpenAI(base_url="http://localhost:8000/v1", api_key="none")
hosted = OpenAI(api_key=os.environ["OPENAI_API_KEY"])
hosted.responses.create(model="gpt-5", input="hi")
local.chat.completions.create(model="llama", messages=[])
