import argparse
from datetime import datetime, timedelta, timezone

from .forge import Forge
from .notes import notes

BILLING = "acme/billing"
HANDBOOK = "acme/handbook"


def checklist() -> str:
    return Forge(HANDBOOK).read("release/checklist.md")


def main() -> int:
    parser = argparse.ArgumentParser(prog="train")
    parser.add_argument("tag")
    parser.add_argument("--sha", required=True)
    parser.add_argument("--days", type=int, default=14)
    args = parser.parse_args()
    forge = Forge(BILLING)
    if not forge.green(args.sha):
        print("not green")
        return 1
    since = datetime.now(timezone.utc) - timedelta(days=args.days)
    print(forge.release(args.tag, notes(forge.merged_since(since)) + checklist(), args.sha))
    forge.deploy(args.tag)
    print(forge.back_merge(args.tag))
    # forge.repo.create_issue(title=f"Watch {args.tag}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
