import argparse

from dotenv import load_dotenv

from . import mail, owners, requests

load_dotenv()
parser = argparse.ArgumentParser(prog="report")
parser.add_argument("--days", type=int, default=7)
parser.add_argument("--to", default="leads@millworks.example")
args = parser.parse_args()

waits = requests.hours(args.days)
lines = [f"{len(waits)} merge requests, median {requests.median(waits):.1f} h", ""]
lines += [f"{path}: {owner}" for path, owner in owners.owners().items()]
mail.send(args.to, "\n".join(lines))
