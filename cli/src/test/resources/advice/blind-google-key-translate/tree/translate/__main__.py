import json
import sys

from googleapiclient.discovery import build

from translate.config import GOOGLE_API_KEY, LANGUAGES

service = build("translate", "v2", developerKey=GOOGLE_API_KEY)


def translated(texts, language):
    answer = service.translations().list(q=texts, source="en", target=language).execute()
    return [each["translatedText"] for each in answer["translations"]]


def main():
    with open(sys.argv[1]) as file:
        messages = json.load(file)
    for language in LANGUAGES:
        texts = translated(list(messages.values()), language)
        with open(f"messages.{language}.json", "w") as file:
            json.dump(dict(zip(messages, texts)), file, indent=2, ensure_ascii=False)


main()
