import httpx


class Client:
    def __init__(self, base_url: str) -> None:
        self._http = httpx.Client(base_url=base_url)

    def tile(self, zoom: int, x: int, y: int) -> bytes:
        answer = self._http.get(f"/tiles/{zoom}/{x}/{y}")
        answer.raise_for_status()
        return answer.content
