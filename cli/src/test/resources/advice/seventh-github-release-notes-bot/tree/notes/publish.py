import argparse
import datetime

from .collect import merged_since
from .repository import connect
from .text import render


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("version")
    parser.add_argument("--days", type=int, default=14)
    args = parser.parse_args()

    repo = connect()
    since = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=args.days)
    body = render(merged_since(repo, since))
    release = repo.create_git_release(tag=f"v{args.version}", name=args.version, message=body)
    print(release.html_url)


if __name__ == "__main__":
    main()
