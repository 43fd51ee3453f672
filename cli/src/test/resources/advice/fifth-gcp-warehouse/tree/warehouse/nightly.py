"""
Runs after midnight.

To begin anew: bq().delete_table("acme-prod.marts.daily_net_sales"), then run each day by hand.
"""
import datetime as dt
import sys

from . import landing, marts


def net(orders: list[dict], returns: list[dict]) -> list[dict]:
    back = {}
    for row in returns:
        back[row["order_id"]] = back.get(row["order_id"], 0) + float(row["amount"])
    return [{**order, "amount": float(order["amount"]) - back.get(order["order_id"], 0)} for order in orders]


def main(argv: list[str]) -> int:
    day = argv[1] if len(argv) > 1 else (dt.date.today() - dt.timedelta(days=1)).isoformat()
    rows = net(marts.orders(day), list(landing.returns(day)))
    print(f"{marts.load(rows)} rows of {day}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
