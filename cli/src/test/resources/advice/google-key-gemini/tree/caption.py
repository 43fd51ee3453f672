import sys

from google import genai
from PIL import Image

client = genai.Client(api_key="@@google-key@@")

for path in sys.argv[1:]:
    answer = client.models.generate_content(
        model="gemini-2.5-flash",
        contents=["Write one caption.", Image.open(path)],
    )
    print(path, answer.text)
