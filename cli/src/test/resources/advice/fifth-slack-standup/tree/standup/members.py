from slack_sdk import WebClient


def members(client: WebClient, channel: str) -> list[dict]:
    ids = client.conversations_members(channel=channel, limit=200)["members"]
    users = [client.users_info(user=one)["user"] for one in ids]
    return [user for user in users if not user["is_bot"] and not user["deleted"]]
