from googleapiclient.discovery import build

API_KEY = "@@google-key@@"
youtube = build("youtube", "v3", developerKey=API_KEY)

request = youtube.search().list(part="snippet", channelId="UC-example", order="date", maxResults=25)
for item in request.execute()["items"]:
    print(item["snippet"]["publishedAt"], item["snippet"]["title"])
