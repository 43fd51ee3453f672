import sys
import time

import requests

URL = "http://nlp-api:8080/health"


def main():
    failures = 0
    while True:
        try:
            ok = requests.get(URL, timeout=5).json().get("status") == "ok"
        except (requests.RequestException, ValueError):
            ok = False
        failures = 0 if ok else failures + 1
        if failures:
            print(f"unhealthy for {failures} rounds", file=sys.stderr)
        time.sleep(30)


if __name__ == "__main__":
    main()
