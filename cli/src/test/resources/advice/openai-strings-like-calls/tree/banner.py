from openai import OpenAI

client = OpenAI(api_key="@@openai@@")

HELP = """
usage: banner.py WORDS
To see what is stored: client.files.list()
"""

# for model in client.models.list():
#     print(model.id)


def banner(words: str) -> str:
    image = client.images.generate(model="gpt-image-1", prompt=f"A banner saying {words}")
    return image.data[0].b64_json


print(HELP)
