import httpx

from scripts import collect


def test_fetch(monkeypatch):
    request = httpx.Request("GET", "https://prices.example.org")
    answer = httpx.Response(200, json={"rows": [{"crop": "leek", "price": 1.2}]}, request=request)
    monkeypatch.setattr(httpx, "get", lambda url, timeout: answer)
    assert collect.fetch("nl").num_rows == 1
