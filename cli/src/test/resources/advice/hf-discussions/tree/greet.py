import os

from huggingface_hub import HfApi

api = HfApi(token=os.environ["GREETER_TOKEN"])
REPO = "bigcode/the-stack"

for discussion in api.get_repo_discussions(REPO, repo_type="dataset", discussion_status="open"):
    if discussion.title.startswith("[opt-out]"):
        api.comment_discussion(
            REPO, discussion.num, comment="Thank you, we are on it.", repo_type="dataset"
        )
