export class Client {
  constructor(baseUrl, fetcher = fetch) {
    this.baseUrl = baseUrl;
    this.fetcher = fetcher;
  }

  async tile(zoom, x, y) {
    const answer = await this.fetcher(`${this.baseUrl}/tiles/${zoom}/${x}/${y}`);
    if (!answer.ok) {
      throw new Error(`tile ${zoom}/${x}/${y}: ${answer.status}`);
    }
    return answer.arrayBuffer();
  }
}
