package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.rule.BuiltInRules;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.detectors.rule.RuleTables;
import dev.stanch.detectors.source.git.BlobFrame;
import dev.stanch.detectors.source.git.BlobVisitor;
import dev.stanch.detectors.source.git.BlobWalk;
import dev.stanch.detectors.source.git.GitRepository;
import dev.stanch.detectors.source.git.ObjectTable;
import dev.stanch.detectors.source.git.Problems;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Versions of files that git has packed as deltas, scanned as deltas and each as a whole.
class DeltaScanTest {
  private static final int FILES = 6;
  private static final int VERSIONS = 40;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void givesWhatAScanOfEachWholeBlobGives(long seed) throws Exception {
    git(new byte[0], "init", "--quiet", ".");
    git(new Versions(seed).stream(), "fast-import", "--quiet");
    git(new byte[0], "repack", "-q", "-adf", "--depth=50", "--window=50");
    Compared compared = compare(folder, new Detector(RuleTables.builtIn()));
    assertThat(compared.different).as("seed " + seed).isEmpty();
    assertThat(compared.deltas.get()).isGreaterThan(FILES * VERSIONS / 2);
    assertThat(compared.hits.get()).isGreaterThan(1000);
  }

  @Test
  void searchesWholeTextsAsAScanOfEachWholeBlobDoes() throws Exception {
    git(new byte[0], "init", "--quiet", ".");
    git(new Versions(3).stream(), "fast-import", "--quiet");
    git(new byte[0], "repack", "-q", "-adf", "--depth=50", "--window=50");
    Compared compared = compare(folder, SearchSamples.detector());
    assertThat(compared.different).isEmpty();
    assertThat(compared.searched.get()).isGreaterThan(1000);
  }

  private static final class Compared {
    final List<String> different = new ArrayList<>();
    final AtomicInteger deltas = new AtomicInteger();
    final AtomicInteger hits = new AtomicInteger();
    final AtomicInteger searched = new AtomicInteger();
  }

  private static Compared compare(Path repository, Detector detector) throws Exception {
    var compared = new Compared();
    var problems = new Problems(100);
    try (var store = GitRepository.find(repository, Map.of()).openObjects(problems)) {
      ObjectTable table = ObjectTable.build(store, 2);
      BlobWalk.all(table, 2, () -> new BothWays(detector, table, compared));
    }
    assertThat(problems.listed()).isEmpty();
    return compared;
  }

  private static final class BothWays implements BlobVisitor {
    private final ObjectTable table;
    private final Compared compared;
    private final Detector detector;
    private final DeltaScan deltas;
    private final TextScanner texts;

    BothWays(Detector detector, ObjectTable table, Compared compared) {
      this.table = table;
      this.detector = detector;
      this.compared = compared;
      this.deltas = new DeltaScan(detector);
      this.texts = new TextScanner(detector);
    }

    @Override
    public void blob(BlobFrame frame) {
      HitList found = deltas.scan(frame);
      if (Content.of(frame.bytes(), frame.length()) != Content.PLAIN) {
        return;
      }
      compared.deltas.addAndGet(frame.base() == null ? 0 : 1);
      List<Hit> asDelta =
          HistoryScanner.located(deltas, found, frame.bytes(), frame.length(), _ -> {});
      List<Hit> asWhole;
      try {
        asWhole = texts.scan(new ByteArrayInputStream(frame.bytes(), 0, frame.length()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      compared.hits.addAndGet(asWhole.size());
      asWhole.stream()
          .filter(hit -> detector.tables().searching().contains(hit.candidate().rule()))
          .forEach(_ -> compared.searched.incrementAndGet());
      if (!asDelta.equals(asWhole)) {
        synchronized (compared) {
          compared.different.add(
              table.name(frame.entry()) + ": " + only(asDelta, asWhole) + only(asWhole, asDelta));
        }
      }
    }

    /// Places and rules, never tokens.
    private List<String> only(List<Hit> these, List<Hit> those) {
      return these.stream()
          .filter(hit -> !those.contains(hit))
          .map(
              hit ->
                  "rule " + hit.candidate().rule() + " at " + hit.start() + hit.candidate().why())
          .toList();
    }

    @Override
    public void largeBlob(int entry, long size, InputStream content) {
      throw new AssertionError("the versions are small");
    }
  }

  /// Files that hold examples of every rule, edited at random: moved, doubled, cut anywhere, also
  /// in the middle of a token, joined again, turned into binary ones and back.
  private static final class Versions {
    private final Random random;
    private final List<String> examples;
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

    Versions(long seed) {
      this.random = new Random(seed);
      this.examples =
          BuiltInRules.load().rules().stream()
              .flatMap(rule -> Stream.concat(rule.match().stream(), rule.ignore().stream()))
              // An RSA key takes long to make and is another one each time.
              .filter(example -> !example.text().matches("(?s).*pem:(RSA|PKCS8).*"))
              .map(this::expanded)
              .toList();
    }

    private String expanded(ExampleTemplate example) {
      return example.expand(random.nextLong());
    }

    byte[] stream() {
      var files = new ArrayList<StringBuilder>();
      for (int f = 0; f < FILES; f++) {
        var text = new StringBuilder();
        while (text.length() < 20_000) {
          text.append(piece()).append('\n');
        }
        files.add(text);
      }
      for (int v = 0; v < VERSIONS; v++) {
        write(
            "commit refs/heads/main\ncommitter a <a@example.com> "
                + (1_700_000_000 + v)
                + " +0000\n");
        data("version");
        for (int f = 0; f < FILES; f++) {
          for (int edits = random.nextInt(8); edits >= 0; edits--) {
            edit(files.get(f));
          }
          write("M 100644 inline file" + f + "\n");
          data(files.get(f).toString());
        }
      }
      return stream.toByteArray();
    }

    private String piece() {
      String example = examples.get(random.nextInt(examples.size()));
      return switch (random.nextInt(12)) {
        case 10, 11 -> escaped(example);
        case 0 -> Base64.getMimeEncoder().encodeToString(example.getBytes(StandardCharsets.UTF_8));
        case 1 -> Base64.getEncoder().encodeToString(example.getBytes(StandardCharsets.UTF_8));
        case 2, 3, 4 -> "for (int i = 0; i < " + random.nextInt(1000) + "; i++) { add(i); }";
        default -> example;
      };
    }

    /// Some of its characters, or all but letters and digits, escaped.
    private String escaped(String example) {
      String form =
          List.of("%%%02X", "\\u%04x", "\\x%02x", "&#x%x;", "&#%d;").get(random.nextInt(5));
      boolean some = random.nextBoolean();
      var text = new StringBuilder();
      for (int i = 0; i < example.length(); i++) {
        char c = example.charAt(i);
        boolean escape =
            some ? random.nextInt(10) == 0 : !Character.isLetterOrDigit(c) && c != '\n';
        text.append(escape && c < 0x80 ? String.format(form, (int) c) : c);
      }
      return text.toString();
    }

    private void edit(StringBuilder text) {
      int at = random.nextInt(text.length());
      int length = Math.min(text.length() - at, 1 + random.nextInt(1 << 4 + random.nextInt(7)));
      switch (random.nextInt(9)) {
        case 0, 1 -> text.insert(text.indexOf("\n", at) + 1, piece() + "\n");
        case 2 -> text.insert(at, piece());
        case 3, 4 -> text.delete(at, at + length);
        case 5 -> {
          String part = text.substring(at, at + length);
          text.insert(random.nextInt(text.length()), part);
        }
        case 6 -> {
          String part = text.substring(at, at + length);
          text.delete(at, at + length);
          text.insert(random.nextInt(text.length()), part);
        }
        case 7 -> text.setCharAt(at, (char) (' ' + random.nextInt(95)));
        default -> {
          int zero = text.indexOf("\0");
          if (zero >= 0) {
            text.deleteCharAt(zero);
          } else if (random.nextInt(4) == 0) {
            text.insert(random.nextInt(9000), '\0');
          }
        }
      }
    }

    private void write(String text) {
      stream.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void data(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      write("data " + bytes.length + "\n");
      stream.writeBytes(bytes);
      write("\n");
    }
  }

  private void git(byte[] input, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    Process process = builder.start();
    try (var out = process.getOutputStream()) {
      out.write(input);
    }
    assertThat(process.waitFor()).isZero();
  }
}
