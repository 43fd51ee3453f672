package dev.stanch.detectors.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestTest {
  private static final BaseUrl BASE = BaseUrl.of("https://api.example.com/v1");

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "a/b, a%2Fb",
    "a?b#c, a%3Fb%23c",
    "a b+c, a%20b%2Bc",
    "ä€, %C3%A4%E2%82%AC",
    "%2e%2e, %252e%252e",
    "'../..', ..%2F..",
    "a\\b@c:d;e, a%5Cb%40c%3Ad%3Be",
  })
  void encodesValues(String value, String encoded) {
    assertThat(Request.get(BASE, "/keys/{}:disable", value).query("q", value).uri().toString())
        .isEqualTo("https://api.example.com/v1/keys/" + encoded + ":disable?q=" + encoded);
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", ""})
  void refusesValuesThatWouldLeaveTheirPlace(String value) {
    assertThat(Request.delete(BASE, "/keys/{}", value).flaw()).isPresent();
    assertThat(Request.delete(BASE, "/keys/{}/x", value).flaw()).isPresent();
  }

  @Test
  void refusesHeadersThatWouldBeTwo() {
    assertThat(Request.get(BASE, "/me").header("X-Key", "a\r\nX-Other: b").flaw()).isPresent();
    assertThat(Request.get(BASE, "/me").bearer("a\nb".getBytes(UTF_8)).flaw()).isPresent();
    assertThat(Request.get(BASE, "/me").bearer("ab".getBytes(UTF_8)).flaw()).isEmpty();
  }

  @Test
  void aPathOfOursIsCheckedWhenItIsWritten() {
    for (String path : new String[] {"me", "/me?x=1", "/me#x", "/{id}", "/a b", "/%2e"}) {
      assertThatThrownBy(() -> Request.get(BASE, path))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Request.get(BASE, "/{}/{}", "one"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void placesACredentialWhereTheProviderWantsIt() {
    byte[] credential = "s3cr3t".getBytes(UTF_8);
    Request me = Request.get(BASE, "/me");
    assertThat(me.credential(new Placement.Bearer(), credential).headers())
        .containsEntry("Authorization", "Bearer s3cr3t");
    assertThat(me.credential(new Placement.BasicPassword("api"), credential).headers())
        .containsEntry("Authorization", "Basic YXBpOnMzY3IzdA==");
    assertThat(me.credential(new Placement.BasicUser(), credential).headers())
        .containsEntry("Authorization", "Basic czNjcjN0Og==");
    assertThat(me.credential(new Placement.Header("X-Api-Key", ""), credential).headers())
        .containsEntry("X-Api-Key", "s3cr3t");
    assertThat(me.credential(new Placement.Header("Authorization", "token "), credential).headers())
        .containsEntry("Authorization", "token s3cr3t");
    assertThat(me.credential(new Placement.Query("key"), credential).uri().getRawQuery())
        .isEqualTo("key=s3cr3t");
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com/v1/keys?after=a%20b, https://api.example.com/v1/keys?after=a%20b",
    "/v1/keys?after=2, https://api.example.com/v1/keys?after=2",
    "keys?after=2, https://api.example.com/v1/keys?after=2",
    "?after=2, https://api.example.com/v1/?after=2",
  })
  void followsALinkToTheNextPage(String link, String url) {
    Request request = Request.following(BASE, link);
    assertThat(request.flaw()).isEmpty();
    assertThat(request.uri().toString()).isEqualTo(url);
    assertThat(request.toString()).isEqualTo("GET https://api.example.com/…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/v1/keys",
        "https://api.example.com.evil.example/",
        "https://api.example.com:8443/v1",
        "http://api.example.com/v1",
        "//evil.example/v1",
        "https://api.example.com@evil.example/v1",
        "https://user:x@api.example.com/v1",
        "file:///etc/passwd",
        "mailto:a@b.example",
        "not a url",
        "https://",
      })
  void followsNoLinkToAnywhereElse(String link) {
    assertThat(Request.following(BASE, link).flaw()).isPresent();
  }

  @Test
  void isSignedAsItIsSent() {
    Request request =
        Request.post(BASE, "/keys/{}", "a b")
            .query("q", "1 2")
            .body("text/plain", "x".getBytes(UTF_8))
            .signed(
                (unsigned, now) ->
                    Map.of(
                        "X-Signed",
                        unsigned.method()
                            + " "
                            + unsigned.host()
                            + unsigned.path()
                            + " "
                            + unsigned.query()
                            + " "
                            + unsigned.headers().get("Content-Type")
                            + " "
                            + new String(unsigned.body().bytes(), UTF_8)
                            + " "
                            + now));
    assertThat(request.signature(java.time.Instant.EPOCH))
        .containsEntry(
            "X-Signed",
            "POST api.example.com/v1/keys/a%20b q=1%202 text/plain x 1970-01-01T00:00:00Z");
  }

  @Test
  void isImmutable() {
    Request me = Request.get(BASE, "/me");
    me.header("A", "b").query("c", "d").body("text/plain", new byte[1]);
    assertThat(me.headers()).isEmpty();
    assertThat(me.uri().toString()).isEqualTo("https://api.example.com/v1/me");
    assertThat(me.body()).isEmpty();
  }

  @Test
  void writesForms() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("token", "a+b c&d");
    fields.put("kind", "x");
    assertThat(Request.post(BASE, "/revoke").form(fields).body().orElseThrow())
        .asString(UTF_8)
        .isEqualTo("token=a%2Bb%20c%26d&kind=x");
  }

  @Test
  void onlyReadingMayBeRepeatedUnasked() {
    assertThat(Request.get(BASE, "/me").mayRepeat()).isTrue();
    assertThat(Request.get(BASE, "/me").once().mayRepeat()).isFalse();
    assertThat(Request.post(BASE, "/me").mayRepeat()).isFalse();
    assertThat(Request.put(BASE, "/me").mayRepeat()).isFalse();
    assertThat(Request.delete(BASE, "/me").mayRepeat()).isFalse();
    assertThat(Request.delete(BASE, "/me").repeatable().mayRepeat()).isTrue();
  }
}
