package dev.stanch.detectors.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerTest {
  private static final Instant RECEIVED = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void findsWhatStandsInTheJson() {
    Answer answer = body("{\"error\":{\"code\":\"x\",\"n\":4},\"data\":[{\"id\":7}],\"no\":null}");
    assertThat(answer.value("error.code")).contains("x");
    assertThat(answer.value("error.n")).contains("4");
    assertThat(answer.value("data.0.id")).contains("7");
    assertThat(answer.value("no")).isEmpty();
    assertThat(answer.value("data")).isEmpty();
    assertThat(answer.value("data.1.id")).isEmpty();
    assertThat(answer.find("nothing.here").isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{", "{\"a\":", "[1,", "\u0000", "nul"})
  void takesAnyBodyForWhatItIs(String body) {
    assertThat(body(body).json().isMissingNode()).isTrue();
    assertThat(body(body).value("a")).isEmpty();
  }

  @Test
  void nestingWithoutEndIsNoJson() {
    assertThat(body("[".repeat(1 << 20)).json().isMissingNode()).isTrue();
  }

  /// A `Link` header, and the next page that it names.
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "<https://a.example/x?page=2>; rel=\"next\", <https://a.example/x?page=9>; rel=\"last\""
            + " ! https://a.example/x?page=2",
        "<https://a.example/x?page=1>; rel=\"prev\", <https://a.example/x?page=3>;rel=next"
            + " ! https://a.example/x?page=3",
        "<https://a.example/x?after=7>; results=\"true\"; rel=\"next\" !"
            + " https://a.example/x?after=7",
        "<https://a.example/x?page=9>; rel=\"last\" !",
        "<https://a.example/x>; rel=\"nextish\" !",
        "next !",
      })
  void namesTheNextPage(String link, String next) {
    assertThat(with(Map.of("link", List.of(link))).next()).isEqualTo(Optional.ofNullable(next));
  }

  @Test
  void tellsTheProvidersTimeAndHowFarItIsFromOurs() {
    Answer answer = with(Map.of("date", List.of("Thu, 01 Jan 2026 00:01:30 GMT")));
    assertThat(answer.date()).contains(RECEIVED.plusSeconds(90));
    assertThat(answer.skew()).contains(Duration.ofSeconds(90));
    assertThat(with(Map.of("date", List.of("yesterday"))).skew()).isEmpty();
  }

  /// Headers as `name=value`, separated by `|`; the pause in milliseconds, empty for none.
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "retry-after=7 ! 7000",
        "retry-after= 0.5 ! 500",
        "retry-after=-3 !",
        "retry-after=soon !",
        "retry-after=99999999999999 ! 86400000",
        "retry-after=999999999999999999999999 !",
        "retry-after=Thu, 01 Jan 2026 00:00:20 GMT ! 20000",
        // a clock that is an hour off, against itself
        "retry-after=Thu, 01 Jan 2026 01:00:20 GMT|date=Thu, 01 Jan 2026 01:00:00 GMT ! 20000",
        "retry-after=Wed, 31 Dec 2025 00:00:00 GMT ! 0",
        "ratelimit=\"api\";r=0;t=55 ! 55000",
        "ratelimit=\"api\";r=3;t=55 !",
        "ratelimit=limit=100, remaining=0, reset=50 ! 50000",
        "ratelimit-remaining=0|ratelimit-reset=9 ! 9000",
        "x-ratelimit-remaining=0|x-ratelimit-reset=1767225660 ! 60000",
        "x-ratelimit-remaining=0|x-ratelimit-reset=1767225660000 ! 60000",
        "x-ratelimit-remaining=0|x-ratelimit-reset=30 ! 30000",
        "x-ratelimit-remaining=1|x-ratelimit-reset=30 !",
        "x-ratelimit-remaining=0|x-ratelimit-reset=1 ! 1000",
        "x-ratelimit-remaining=0|x-ratelimit-reset-after=1.5|x-ratelimit-reset=1767225660 ! 1500",
        "x-ratelimit-remaining-requests=0|x-ratelimit-reset-requests=6m0.5s ! 360500",
        "x-ratelimit-remaining-requests=0|x-ratelimit-reset-requests=20ms ! 20",
        "x-ratelimit-remaining=0 !",
        "retry-after=2|ratelimit=\"api\";r=0;t=55 ! 2000",
      })
  void readsThePauseThatIsAskedFor(String headers, Long millis) {
    assertThat(Pause.askedFor(with(parsed(headers))))
        .isEqualTo(Optional.ofNullable(millis).map(Duration::ofMillis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "ratelimit=\"api\";r=3;t=55|ratelimit-policy=\"fixed window\";\"api\";q=500;w=300 ! 56000",
        "ratelimit=\"api\";r=3;t=55|ratelimit-policy=\"sliding window\";\"api\";q=500;w=300 !",
        "ratelimit=\"api\";r=3;t=55 !",
        "ratelimit-policy=\"fixed window\";\"api\";q=500;w=300 !",
        "ratelimit=\"api\";r=3;t=999999999|ratelimit-policy=\"fixed window\";\"api\" !",
      })
  void readsWhenAFixedWindowEnds(String headers, Long millis) {
    assertThat(Pause.windowLeft(with(parsed(headers))))
        .isEqualTo(Optional.ofNullable(millis).map(Duration::ofMillis));
  }

  private static Map<String, List<String>> parsed(String headers) {
    Map<String, List<String>> all = new HashMap<>();
    for (String header : headers.split("\\|", -1)) {
      int equals = header.indexOf('=');
      all.put(header.substring(0, equals), List.of(header.substring(equals + 1)));
    }
    return all;
  }

  private static Answer body(String body) {
    return new Answer(200, Map.of(), body.getBytes(UTF_8), RECEIVED);
  }

  private static Answer with(Map<String, List<String>> headers) {
    return new Answer(429, headers, new byte[0], RECEIVED);
  }
}
