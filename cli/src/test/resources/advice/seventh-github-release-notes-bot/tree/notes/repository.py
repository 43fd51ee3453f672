import os

from dotenv import load_dotenv
from github import Auth, Github

load_dotenv()

REPOSITORY = "harborline/freight-api"


def connect():
    gh = Github(auth=Auth.Token(os.environ["GITHUB_TOKEN"]))
    return gh.get_repo(REPOSITORY)
