import datetime


def merged_since(repo, since: datetime.datetime) -> list[tuple[int, str]]:
    found = []
    for pull in repo.get_pulls(state="closed", sort="updated", direction="desc"):
        if pull.updated_at < since:
            break
        if pull.merged_at and pull.merged_at >= since:
            found.append((pull.number, pull.title))
    return found
