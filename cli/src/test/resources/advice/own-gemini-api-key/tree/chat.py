import os
from google import genai
client = genai.Client(api_key=os.environ["GOOGLE_API_KEY"])
r = client.models.generate_content(model="gemini-2.5-flash", contents="hi")
