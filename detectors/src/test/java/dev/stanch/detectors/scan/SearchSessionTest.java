package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Expressions of any author over texts of any size.
class SearchSessionTest {
  private final List<String> givenUp = new ArrayList<>();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Detector one(String regex, String more) {
    return SearchSamples.detector("[[rules]]\nid = \"one\"\nregex = '''" + regex + "'''\n" + more);
  }

  private List<Hit> streamed(Detector detector, byte[] text, int piece) throws IOException {
    InputStream dribbling =
        new ByteArrayInputStream(text) {
          @Override
          public synchronized int read(byte[] to, int at, int length) {
            return super.read(to, at, Math.min(length, piece));
          }
        };
    return new TextScanner(detector)
        .scan(dribbling, (_, _) -> {}, rule -> givenUp.add(rule.id().value()));
  }

  private List<Hit> whole(Detector detector, byte[] text) {
    var scan = new DeltaScan(detector);
    return HistoryScanner.located(
        scan,
        scan.scan(text, text.length),
        text,
        text.length,
        rule -> givenUp.add(rule.id().value()));
  }

  private static List<String> secrets(List<Hit> hits) {
    return hits.stream().map(hit -> hit.candidate().token().utf8()).toList();
  }

  /// A text over several sections and windows, with something to find at each edge.
  private static byte[] large(int size, long seed) {
    var random = new SplittableRandom(seed);
    var text = new StringBuilder(size + 200);
    while (text.length() < size) {
      int next = (text.length() / SearchSession.STEP + 1) * SearchSession.STEP;
      boolean edge = next - text.length() < 200;
      switch (edge ? 5 : random.nextInt(400)) {
        case 0 -> text.append("ünï ");
        case 1 -> text.append("\ud83d\ude00");
        case 2 ->
            text.append("acme_begin\n")
                .append("z".repeat(random.nextInt(3000)))
                .append("acme_end ");
        case 5 -> text.append("acme:").append(random.nextLong(1L << 60)).append(' ');
        case 7 -> text.append(" # stanch:allow");
        default ->
            text.append("word")
                .append(random.nextInt(10))
                .append(random.nextInt(12) == 0 ? '\n' : ' ');
      }
    }
    return bytes(text.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {300_000, 1_300_000, 9_000_000})
  void findsTheSameInPiecesOfAnySize(int size) throws IOException {
    byte[] text = large(size, 11);
    var detector =
        SearchSamples.detector(
            """
            [[rules]]
            id = "colon"
            regex = 'acme:([0-9]{6,})\\b'
            keywords = ["acme:"]
            [[rules]]
            id = "span"
            regex = '(?s)acme_begin(.*?)acme_end'
            [[allowlists]]
            regexTarget = "line"
            regexes = ["word3 word7"]
            """);
    List<Hit> hits = whole(detector, text);
    assertThat(hits).hasSizeGreaterThan(size / 3000);
    assertThat(hits).extracting(hit -> hit.candidate().rule()).contains(0, 1);
    assertThat(streamed(detector, text, 1 << 30)).isEqualTo(hits);
    assertThat(streamed(detector, text, 4093)).isEqualTo(hits);
    assertThat(givenUp).isEmpty();
  }

  @Test
  void findsWhatAFindOverTheWholeTextFinds() {
    byte[] text = large(3_000_000, 12);
    var matcher =
        com.google.re2j.Pattern.compile("(?s)acme_begin(.*?)acme_end")
            .matcher(new String(text, StandardCharsets.UTF_8));
    var expected = new ArrayList<String>();
    while (matcher.find()) {
      if (!matcher.group(1).strip().isEmpty()) {
        expected.add(matcher.group(1));
      }
    }
    Detector detector = one("(?s)acme_begin(.*?)acme_end", "");
    assertThat(secrets(whole(detector, text)))
        .hasSizeGreaterThan(100)
        .isSubsetOf(expected)
        .hasSize(expected.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "(a*)*$",
        "(a|a)*b",
        "(a|aa)+$",
        "(.*)*x",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(?:(?:a+)+)+b",
        "a{0,500}a{0,500}b",
        "(.*)(.*)(.*)(.*)(.*)z",
        "(?s)(.|\\n)*q",
        "(x+x+)+y",
      })
  void staysLinearOnHostileText(String regex) throws IOException {
    Detector detector = one(regex, "");
    for (String unit : List.of("a", "x", "ab", "a\n")) {
      long shorter = looks(detector, unit.repeat(20_000 / unit.length()));
      long longer = looks(detector, unit.repeat(80_000 / unit.length()));
      assertThat(longer)
          .as(regex + " over " + unit.strip())
          .isLessThanOrEqualTo(Math.max(5 * shorter, 8 * 80_000L));
    }
  }

  private static long looks(Detector detector, String text) {
    SearchSession session = detector.openSearch();
    session.whole(
        bytes(text),
        text.length(),
        new SearchSession.Out() {
          @Override
          public void found(int start, Candidate candidate) {}

          @Override
          public void gaveUp(dev.stanch.detectors.rule.Rule rule) {}
        });
    return session.looks();
  }

  /// Each find of these looks to the end of the line: all of them together are quadratic, in any
  /// engine. The rule is given up there, and that is told.
  @ParameterizedTest
  @ValueSource(strings = {"a(?:.*z)?", "a(?:[^\\n]*zz)?b?"})
  void givesUpWhatLooksFarAheadFromEverywhere(String regex) throws IOException {
    String line = "a".repeat(2 << 20);
    Detector detector = one(regex, "");
    assertThat(looks(detector, line)).isLessThan((SearchSession.LOOKS + 8L) * line.length() * 2);
    streamed(detector, bytes(line), 1 << 20);
    assertThat(givenUp).isNotEmpty().containsOnly("one");
  }

  @Test
  void readsALineOfTenMegabytes() throws IOException {
    String line = "a".repeat(10 << 20) + " acme:123456789 ";
    Detector detector = one("(?:a+)+\\s|acme:([0-9]+)", "");
    assertThat(secrets(streamed(detector, bytes(line), 1 << 20))).contains("123456789");
    assertThat(givenUp).isEmpty();
  }

  @Test
  void losesNothingBesideBytesThatAreNoUtf8() {
    byte[] text = bytes("x acme:123456789 y");
    text[1] = (byte) 0xe9;
    assertThat(secrets(whole(one("acme:([0-9]+)", ""), text))).containsExactly("123456789");
    assertThat(secrets(whole(one("(.)acme", ""), text))).hasSize(1);
    byte[] cut = bytes("\u00e9\u20ac\ud83d\ude00 acme:123456789");
    assertThat(secrets(whole(one("^...\\sacme:([0-9]+)", ""), cut))).containsExactly("123456789");
  }

  @Test
  void takesTheFirstGroupThatHoldsSomethingElseTheWhole() {
    byte[] text = bytes("key=abc123 id=77");
    assertThat(secrets(whole(one("key=(zz)?([a-z0-9]+)", ""), text))).containsExactly("abc123");
    assertThat(secrets(whole(one("key=[a-z0-9]+", ""), text))).containsExactly("key=abc123");
    assertThat(secrets(whole(one("key=([a-z]+)([0-9]+)", "secretGroup = 2"), text)))
        .containsExactly("123");
    assertThat(secrets(whole(one("(?P<id>key)=(?P<secret>[a-z0-9]+)", ""), text)))
        .containsExactly("abc123");
  }

  @Test
  void needsAKeywordSomewhere() {
    String rule = "keywords = [\"Ünter\"]";
    assertThat(whole(one("acme:([0-9]+)", rule), bytes("acme:123456789"))).isEmpty();
    assertThat(whole(one("acme:([0-9]+)", rule), bytes("acme:123456789 ünter"))).hasSize(1);
    assertThat(whole(one("acme:([0-9]+)", "keywords = [\"far\"]"), bytes("acme:1234 FAR")))
        .hasSize(1);
    assertThat(whole(one("acme:([0-9]+)", "keywords = [\"far\"]"), bytes("acme:1234"))).isEmpty();
  }

  @Test
  void asksForCompanionsWithinLinesAndColumns() {
    String toml =
        """
        [[rules]]
        id = "secret"
        regex = 's=([a-z]+)'
        [[rules.required]]
        id = "user"
        %s
        [[rules]]
        id = "user"
        regex = 'u=([a-z]+)'
        skipReport = true
        """;
    byte[] text = bytes("u=ann\n\n   s=secret\n");
    assertThat(secrets(whole(SearchSamples.detector(toml.formatted("")), text)))
        .containsExactly("secret");
    assertThat(whole(SearchSamples.detector(toml.formatted("withinLines = 2")), text)).hasSize(1);
    assertThat(whole(SearchSamples.detector(toml.formatted("withinLines = 1")), text)).isEmpty();
    assertThat(whole(SearchSamples.detector(toml.formatted("withinColumns = 3")), text)).hasSize(1);
    assertThat(whole(SearchSamples.detector(toml.formatted("withinColumns = 2")), text)).isEmpty();
    assertThat(whole(SearchSamples.detector(toml.formatted("")), bytes("s=secret"))).isEmpty();
  }
}
