#!/usr/bin/env python3
"""Set or remove configuration of the invoice reader's Space.

    set_space_config.py secret STRIPE_KEY      (value on stdin)
    set_space_config.py variable LOG_LEVEL info
    set_space_config.py drop-secret OLD_KEY
"""
import argparse
import os
import sys

from huggingface_hub import HfApi

SPACE = "oakbank/invoice-reader"


def parser():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = p.add_subparsers(dest="what", required=True)
    s = sub.add_parser("secret")
    s.add_argument("name")
    v = sub.add_parser("variable")
    v.add_argument("name")
    v.add_argument("value")
    d = sub.add_parser("drop-secret")
    d.add_argument("name")
    return p


def main(argv=None):
    args = parser().parse_args(argv)
    api = HfApi(token=os.environ["HF_SPACE_TOKEN"])
    if args.what == "secret":
        value = sys.stdin.read().rstrip("\n")
        if not value:
            sys.exit("no value on stdin")
        api.add_space_secret(SPACE, args.name, value, description="set by ops")
    elif args.what == "variable":
        api.add_space_variable(SPACE, args.name, args.value)
    else:
        api.delete_space_secret(SPACE, args.name)
    print(f"{args.what} {args.name}: done; restart the Space in its settings")


if __name__ == "__main__":
    main()
