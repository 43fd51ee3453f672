import googleapiclient.discovery

SEARCH_API_KEY = "@@google-key@@"


def search(words):
    service = googleapiclient.discovery.build(
        serviceName="customsearch", version="v1", developerKey=SEARCH_API_KEY
    )
    return service.cse().list(q=words, cx="c0ffee").execute()["items"]
