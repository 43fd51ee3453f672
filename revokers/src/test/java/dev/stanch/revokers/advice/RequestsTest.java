package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requests whose address is a default, or nowhere in the code.
final class RequestsTest {
  private static final String SETTINGS =
      "ACME_KEY=" + Code.TOKEN + "\nASK_URL=https://x.endpoints.huggingface.cloud/v1\n";

  private static Asked asked(String path, String text) {
    return Asked.of("huggingface", "ACME_KEY", ".env", SETTINGS, path, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ask.py | def ask(text, url=os.environ["ASK_URL"]): return requests.post(url, json=text, headers={"Authorization": ACME_KEY})
          ask.py | def ask(text, url: str = os.environ["ASK_URL"]): return requests.post(url, json=text, headers={"Authorization": ACME_KEY})
          ask.js | async function ask(text, url = process.env.ASK_URL) { return fetch(url, { headers: { Authorization: process.env.ACME_KEY } }); }
          ask.ts | class A { constructor(private readonly url: string = process.env.ASK_URL!) {} ask() { return fetch(this.url, { headers: { Authorization: process.env.ACME_KEY } }); } }
          ask.rb | def ask(text, url: "https://x.endpoints.huggingface.cloud") Faraday.post(url, text, authorization: ENV["ACME_KEY"]) end
          """)
  void goWhereTheDefaultOfAParameterSays(String path, String text) {
    Asked asked = asked(path, text);
    assertThat(asked.permissions()).containsExactly("inference.endpoints.infer.write");
    assertThat(asked.unclear()).isEmpty();
  }

  @Test
  void goWhereACallerSaysInPlaceOfTheDefault() {
    Asked asked =
        asked(
            "ask.py",
            """
            def read(name="acme/never"):
                return hf_hub_download(name, "a.txt", token=ACME_KEY)

            read("acme/one")
            """);
    assertThat(asked.permissions()).containsExactly("repo.content.read on acme/one");
  }

  @Test
  void goToBothWhereSomeCallersSayNothing() {
    Asked asked =
        asked(
            "ask.py",
            """
            def read(name="acme/usual", token=None):
                return hf_hub_download(name, "a.txt", token=token or ACME_KEY)

            read("acme/one")
            read()
            """);
    assertThat(asked.permissions())
        .containsExactly("repo.content.read on acme/one", "repo.content.read on acme/usual");
    assertThat(asked.unclear()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ask.py | requests.post(sys.argv[1], json={}, headers={"Authorization": f"Bearer {ACME_KEY}"})
          ask.py | headers = {"Authorization": ACME_KEY}; requests.post(f"{BASE}/ask", json={}, headers=headers)
          ask.py | client = httpx.Client(base_url=BASE, headers={"Authorization": ACME_KEY}); client.post("/ask", json={})
          ask.ts | const client = axios.create({ baseURL: base(), headers: { Authorization: ACME_KEY } }); await client.post("/ask", {});
          ask.ts | const answer = await fetch(target(), { headers: { Authorization: `Bearer ${ACME_KEY}` } });
          """)
  void cannotBeJudgedWithoutAnAddress(String path, String text) {
    Asked asked = asked(path, text.replace("; ", ";\n"));
    assertThat(asked.permissions()).isEmpty();
    assertThat(asked.unclear())
        .containsExactly(
            "what a request needs that the token is sent with: its address is not in the code");
  }

  @Test
  void toOthersAreNotThisProviders() {
    Asked asked =
        asked(
            "ask.py",
            """
            requests.post("https://acme.example/ask", headers={"Authorization": ACME_KEY})
            requests.post(sys.argv[1], headers={"Authorization": OTHER_KEY})
            client = httpx.Client(base_url="https://acme.example", headers={"Authorization": ACME_KEY})
            client.post("/ask", json={})
            snapshot_download("acme/one", token=ACME_KEY)
            """);
    assertThat(asked.permissions()).containsExactly("repo.content.read on acme/one");
    assertThat(asked.unclear()).isEmpty();
  }
}
