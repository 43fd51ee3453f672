#!/usr/bin/env python3
"""How long a response takes, and how long the providers' limits alone would make it take.

  speed.py [--case twelve|bulk] [--tokens N] [--interval SECONDS] [--seed 1] [--stanch COMMAND]

twelve: 2,400 tokens over twelve providers without faults. Each fake enforces the limit that its descriptor states, or
five requests a second, the pace that Stanch keeps to where nothing is documented. bulk: 4,000 tokens, 900 of Hugging
Face and 3,100 of GitHub, which revoke a thousand in one call, at their documented limits; proofs 30 seconds apart.

The floor counts the requests that nobody can do without (for each token one question for the plan, one right before
the call, the call or its part of one, two refusals as proof; look-ups where a key has to be found) at the pace that the fake allows. Prints both
times, the ratio, and the calls that revoked; fails above a ratio of 1.15, or 20 minutes and 10 calls for bulk.
"""
import argparse
import math
import re
import shutil
import sys
import time

from fleet import DESCRIPTORS, ROOT, TWELVE, Site

MEASURED = 1.15
MINUTES = 20
CALLS = 10

# Requests in so many seconds. The Hub allows 500 to whoever shows no token, or a dead one, and 1,000 to each account.
HUB = (500, 300)
UNDOCUMENTED = (5, 1)
UNITS = {"s": 1, "m": 60, "h": 3600}

# A key that is looked up by its hash, for the plan and right before the call. Listings are not counted.
LOOKUPS = {"openrouter": 2}


def limit(provider):
    if provider == "huggingface":
        return HUB
    text = (DESCRIPTORS / (provider + ".yml")).read_text()
    stated = re.search(r"^limit: {requests: (\d+), per: (\d+)([smh])}", text, re.MULTILINE)
    return (int(stated[1]), int(stated[2]) * UNITS[stated[3]]) if stated else UNDOCUMENTED


def windows(requests, most, window):
    """Seconds until the last of these requests may begin, where a window begins with the first."""
    return (math.ceil(requests / most) - 1) * window + (requests % most or most) * (window / most if window <= 1 else 0)


def floor(provider, tokens):
    """Seconds, and requests, that the limit dictates."""
    most, window = limit(provider)
    if provider == "huggingface":
        # Accepted tokens are of twenty accounts; what counts is the refused ones, and the calls.
        requests = 2 * tokens + calls(tokens)
        return windows(requests, most, window), requests
    batched = provider == "github"
    requests = tokens * (4 + LOOKUPS.get(provider, 0)) + (calls(tokens) if batched else tokens)
    return windows(requests, most, window), requests


def calls(tokens):
    """Calls that take a thousand, after the first for three that are proven before."""
    return 1 + math.ceil((tokens - 3) / 1000)


def spec(named, tokens):
    most, window = limit(named.split(":")[0])
    return f"{named}={tokens}@{most}/{window}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", choices=("twelve", "bulk"), default="twelve")
    parser.add_argument("--tokens", type=int, help="of all providers together")
    parser.add_argument("--interval", type=int, help="seconds between two refusals (twelve: 1, bulk: 30)")
    parser.add_argument("--providers", default=",".join(TWELVE))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stanch", default=str(ROOT / "stanch"))
    options = parser.parse_args()
    bulk = options.case == "bulk"
    total = options.tokens or (4000 if bulk else 2400)
    interval = options.interval if options.interval is not None else 30 if bulk else 1
    if bulk:
        shares = {"huggingface": total // 4, "github:live-fine-grained": total * 31 // 40}
    else:
        named = options.providers.split(",")
        shares = {name: total // len(named) for name in named}
    site = Site([spec(name, count) for name, count in shares.items()], options.stanch, options.seed, prefix="speed-")
    try:
        # Without a stranger's tokens: all of them are to be proven.
        site.strangers, site.tokens = [], site.ours
        site.leak(0)
        site.configure()
        before = site.control("counts")
        begun = time.time()
        digest = site.planned("dir:leak")
        planned = time.time() - begun
        site.steps = len(digest["steps"])
        site.collateral = [str(step["number"]) for step in digest["steps"] if step.get("collateral")]
        site.stanch("respond", "--apply", "--plan", "plan.json", "--plan-hash", digest["hash"], "--quiet",
                    *(["--allow-collateral", ",".join(site.collateral)] if site.collateral else []),
                    "--proof-interval", str(interval), "dir:leak")
        took = time.time() - begun
        counts = site.control("counts")
        live = sum(state == "live" for token, state in site.control("state").items() if token in set(site.ours))
        states = {}
        for step in site.report(site.incident())["steps"]:
            states[step["now"]["state"]] = states.get(step["now"]["state"], 0) + 1
    finally:
        site.close()
    revoking = sum(count for of in counts.values() for call, count in of.items() if call.endswith("/revoke"))
    print(f"{'provider':<14}{'tokens':>7}{'limit':>10}{'floor s':>9}{'needed':>8}{'sent':>7}{'limited':>9}")
    least = 0
    for name, count in shares.items():
        provider = name.split(":")[0]
        most, window = limit(provider)
        if provider == "huggingface":
            count = sum(token.startswith("hf_") for token in site.ours)  # one in ten is a stranger's, and left out
        seconds, requests = floor(provider, count)
        least = max(least, seconds)
        sent = sum(n for call, n in counts[provider].items() if call != "limited") - sum(
            n for call, n in before[provider].items() if call != "limited")
        print(f"{provider:<14}{count:>7}{f'{most}/{window}s':>10}{seconds:>9.0f}{requests:>8}{sent:>7}"
              f"{counts[provider].get('limited', 0):>9}")
    print(f"{len(site.ours)} tokens, proofs {interval} s apart, seed {options.seed}: {live} live in the end, states {states}")
    print(f"floor {least:.0f} s, took {took:.0f} s (plan {planned:.0f} s), ratio {took / least:.2f}, "
          f"{revoking if bulk else 'single'} calls that revoke")
    good = live == 0 and (took <= MINUTES * 60 and revoking <= CALLS if bulk else took / least <= MEASURED)
    if good:
        shutil.rmtree(site.folder)
    else:
        print(f"missed; kept: {site.folder}")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
