package dev.stanch.revokers.sink.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.Sink.Activation;
import dev.stanch.revokers.spi.Sink.Delivery;
import dev.stanch.revokers.spi.Sink.State;
import dev.stanch.revokers.spi.SinkAddress;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NullUnmarked
final class FileSinkTest {
  private static final RevealPermit PERMIT = RevealPermit.grant("file sink test");
  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  /// Any text: what stands in place of a token.
  private static final String OLD = word(1, 32);

  private static final String NEW = word(2, 40);

  @TempDir private Path folder;

  private static String word(int seed, int length) {
    var random = new SplittableRandom(seed);
    var word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return word.toString();
  }

  private static Sink.Value value(String text, Part... parts) {
    return new Sink.Value(new Secret(text.getBytes(UTF_8)), List.of(parts));
  }

  private static FileSink sink(Path path) {
    return new FileSink(new SinkAddress("file", path.toString(), ""), path, new ReentrantLock());
  }

  private FileSink sink(String name, byte[] content) throws Exception {
    return sink(Files.write(folder.resolve(name), content));
  }

  private static Delivery deliver(Sink sink, String old, String fresh) throws Exception {
    return sink.deliver(value(old), value(fresh), sink.look(value(old), null, PERMIT), PERMIT);
  }

  /// @param content with `@` where the value stands
  record Sample(String name, String content) {
    byte[] with(String value, Charset charset) {
      return content.replace("@", value).getBytes(charset);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Sample> samples() {
    return Stream.of(
        new Sample(".env", "# keys\nexport API_KEY=@\nNAME='x'\n"),
        new Sample("quoted.env", "API_KEY=\"@\" # of March\r\nOTHER=1\r\n"),
        new Sample(".env.local", "API_KEY='@'"),
        new Sample("plain.yml", "a: &x 1\nkey:   @   # why\nb: *x\n---\nnext: !Ref it\n"),
        new Sample(
            "quoted.yaml", "list:\n  - '@'\n  - \"@\"\n  - | \n    curl -H @\n  - >-\n    @\n"),
        new Sample(
            "template.yaml", "key: {{ .Values.x | quote }}\n{{- if .y }}\ntoken: @\n{{- end }}\n"),
        new Sample("a.json", "{\"a\" : [1,2.50, {\"key\":\"@\"}],\n\t\"b\":\"\\u00e9\\/\"}"),
        new Sample("comments.json", "{ // the key: @\n \"key\": \"@\",\n}\n"),
        new Sample("lines.jsonl", "{\"a\":\"@\"}\n{\"a\":\"b @\"}\n"),
        new Sample(
            "note.ipynb",
            "{\"cells\":[{\"source\":[\"key = \\\"@\\\"\\n\",\"@\\n\"],\"outputs\":[]}]}"),
        new Sample("keys.toml", "[@]\nkey = 1\n"),
        new Sample("keys.properties", "z=1\n@=2\na=@\n"),
        new Sample("a.toml", "[x]\nkey = \"@\" # @\nother = '@'\nnumber = 0x1F\n"),
        new Sample("a.properties", "! comment\nkey : @\nnext=a\\\n   b\n"),
        new Sample("settings.xml", "<servers>\n<password>@</password><a b='@'/></servers>\n"),
        new Sample("app.ini", "[s]\n;@\nkey = @\n"),
        new Sample("run.sh", "curl -H \"Authorization: Bearer @\" https://a.example/?x=1\n"),
        new Sample("app.py", "KEY = '@'\nconnect(f\"{HOST}\", key=\"\"\"@\"\"\")\n"),
        new Sample("Dockerfile", "ENV KEY=@ OTHER=2\nARG K=@"),
        new Sample("accents.conf", "name=J\u00f6rg\nkey=@\nbird=\u00f8\n"),
        new Sample("alone", "@"));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void replacesTheValueAndNothingElse(Sample sample) throws Exception {
    for (Charset charset : List.of(UTF_8, ISO_8859_1, UTF_16LE, UTF_16BE)) {
      for (String mark : List.of("", "\ufeff")) {
        boolean marked = !mark.isEmpty();
        if (marked && charset.equals(ISO_8859_1)) {
          continue;
        }
        var marker = new Sample(sample.name(), mark + sample.content());
        FileSink sink = sink(sample.name(), marker.with(OLD, charset));
        State seen = sink.look(value(OLD), value(NEW), PERMIT);

        assertThat(seen).as(charset + " " + marked).isInstanceOf(State.HoldsOld.class);
        assertThat(sink.deliver(value(OLD), value(NEW), seen, PERMIT))
            .isInstanceOf(Delivery.Delivered.class);
        assertThat(Files.readAllBytes(folder.resolve(sample.name())))
            .as(charset + " " + marked)
            .isEqualTo(marker.with(NEW, charset));
        assertThat(sink.look(value(OLD), value(NEW), PERMIT)).isEqualTo(new State.HoldsNew());
        assertThat(sink.deliver(value(OLD), value(NEW), seen, PERMIT))
            .as("once more")
            .isInstanceOf(Delivery.Delivered.class);
        assertThat(Files.readAllBytes(folder.resolve(sample.name())))
            .isEqualTo(marker.with(NEW, charset));
      }
    }
  }

  /// A value with everything that formats take for their own.
  private static final String AWKWARD = "p\"q'\\r$ {s}: #t,%u`&é";

  @Test
  void writesAnAwkwardValueAsItsFormatSpellsIt() throws Exception {
    var json = sink("a.json", ("{\"k\":\"" + OLD + "\"}").getBytes(UTF_8));
    assertThat(deliver(json, OLD, AWKWARD)).isInstanceOf(Delivery.Delivered.class);
    assertThat(new ObjectMapper().readTree(folder.resolve("a.json").toFile()).path("k").asText())
        .isEqualTo(AWKWARD);

    for (String quote : List.of("", "'", "\"")) {
      String content = "k: " + quote + OLD + quote + " # why\nl: 1\n";
      var yaml = sink("a.yaml", content.getBytes(UTF_8));
      assertThat(deliver(yaml, OLD, AWKWARD)).isInstanceOf(Delivery.Delivered.class);
      var tree = new YAMLMapper().readTree(folder.resolve("a.yaml").toFile());
      assertThat(tree.path("k").asText()).isEqualTo(AWKWARD);
      assertThat(tree.path("l").asInt()).isEqualTo(1);
      assertThat(yaml.look(value(OLD), value(AWKWARD), PERMIT)).isEqualTo(new State.HoldsNew());
    }

    var toml = sink("a.toml", ("k = \"" + OLD + "\"").getBytes(UTF_8));
    assertThat(deliver(toml, OLD, AWKWARD)).isInstanceOf(Delivery.Delivered.class);
    assertThat(new TomlMapper().readTree(folder.resolve("a.toml").toFile()).path("k").asText())
        .isEqualTo(AWKWARD);

    var properties = sink("a.properties", ("k=" + OLD + "\nl=m").getBytes(UTF_8));
    assertThat(deliver(properties, OLD, AWKWARD)).isInstanceOf(Delivery.Delivered.class);
    var read = new Properties();
    read.load(new StringReader(Files.readString(folder.resolve("a.properties"))));
    assertThat(read).containsEntry("k", AWKWARD).containsEntry("l", "m");

    var shell = sink(".env", ("K='" + OLD + "'\n").getBytes(UTF_8));
    assertThat(deliver(shell, OLD, "a b$c\"d")).isInstanceOf(Delivery.Delivered.class);
    assertThat(Files.readString(folder.resolve(".env"))).isEqualTo("K='a b$c\"d'\n");
  }

  @Test
  void keepsAValueThatLooksLikeANumberAText() throws Exception {
    var yaml = sink("a.yaml", ("k: " + OLD + "\n").getBytes(UTF_8));
    assertThat(deliver(yaml, OLD, "12345678")).isInstanceOf(Delivery.Delivered.class);
    assertThat(Files.readString(folder.resolve("a.yaml"))).isEqualTo("k: \"12345678\"\n");
  }

  /// @param value what does not fit there
  record Refusal(String name, String content, String value) {
    @Override
    public String toString() {
      return name + " " + value;
    }
  }

  private static Stream<Refusal> refusals() {
    return Stream.of(
        new Refusal("a.sh", "curl -H \"X: @\"", "a$b"),
        new Refusal(".env", "K=@\n", "a b"),
        new Refusal(".env", "K=\"@\"\n", "a\"b"),
        new Refusal("a.py", "k = '@'", "a'b"),
        new Refusal("a.json", "{\"k\": \"Bearer @\"}", "a\"b"),
        new Refusal("a.json", "{\"k\": 1} // @", "a\nb"),
        new Refusal("a.yaml", "k: curl @ x\n", "a: b"),
        new Refusal("a.yaml", "k: |\n  @\n", "a\nb"),
        new Refusal("a.yaml", "k: {{ x }}\nl: @\n", "~"),
        new Refusal("a.toml", "k = '@'", "a'b"),
        new Refusal("a.xml", "<a>@</a>", "a<b"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void leavesTheFileAloneWhereTheValueCouldMeanSomethingElse(Refusal refusal) throws Exception {
    byte[] before = refusal.content().replace("@", OLD).getBytes(UTF_8);
    FileSink sink = sink(refusal.name(), before);

    Delivery delivery = deliver(sink, OLD, refusal.value());

    assertThat(delivery).isInstanceOf(Delivery.Refused.class);
    assertThat(((Delivery.Refused) delivery).reason())
        .contains("in line ")
        .doesNotContain(refusal.value(), OLD);
    assertThat(Files.readAllBytes(folder.resolve(refusal.name()))).isEqualTo(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void spellsAValueInAUrlAsUrlsDo() throws Exception {
    String content = "DATABASE_URL=postgres://app:@@db.example:5432/app?x=1\nKEY=@\n";
    FileSink sink =
        sink(".env", content.replaceFirst("@", OLD).replace("KEY=@", "KEY=" + OLD).getBytes(UTF_8));

    assertThat(deliver(sink, OLD, "a+b/c=")).isInstanceOf(Delivery.Delivered.class);
    assertThat(Files.readString(folder.resolve(".env")))
        .isEqualTo(
            "DATABASE_URL=postgres://app:a%2Bb%2Fc%3D@db.example:5432/app?x=1\nKEY=a+b/c=\n");
    assertThat(deliver(sink, "a+b/c=", "d+e/f=")).isInstanceOf(Delivery.Delivered.class);
    assertThat(Files.readString(folder.resolve(".env")))
        .isEqualTo(
            "DATABASE_URL=postgres://app:d%2Be%2Ff%3D@db.example:5432/app?x=1\nKEY=d+e/f=\n");
  }

  @Test
  void findsAValueWithEscapes() throws Exception {
    String old = "a/b=" + OLD;
    String content = "{\"k\":\"a\\/b\\u003d" + OLD + "\"}";
    FileSink sink = sink("a.json", content.getBytes(UTF_8));

    assertThat(deliver(sink, old, "c/d=" + NEW)).isInstanceOf(Delivery.Delivered.class);
    assertThat(new ObjectMapper().readTree(folder.resolve("a.json").toFile()).path("k").asText())
        .isEqualTo("c/d=" + NEW);
  }

  @Test
  void replacesAValueInsideBase64() throws Exception {
    String alone = base64(OLD);
    String beside = base64("someone:" + OLD);
    String content = "kind: Secret\ndata:\n  key: " + alone + "\n  auth: Basic " + beside + "\n";
    FileSink sink = sink("secret.yaml", content.getBytes(UTF_8));
    State seen = sink.look(value(OLD), null, PERMIT);

    assertThat(seen).isEqualTo(new State.HoldsOld("2"));
    assertThat(sink.deliver(value(OLD), value(NEW), seen, PERMIT))
        .isEqualTo(new Delivery.Delivered("in 2 places"));
    assertThat(Files.readString(folder.resolve("secret.yaml")))
        .isEqualTo(content.replace(alone, base64(NEW)).replace(beside, base64("someone:" + NEW)));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void replacesWhatBelongsToTheValue() throws Exception {
    FileSink sink =
        sink(
            "credentials",
            ("[default]\naws_access_key_id = id-one\naws_secret_access_key = "
                    + OLD
                    + "\n[other]\nname = id-one-b\n")
                .getBytes(UTF_8));
    Sink.Value old = value(OLD, new Part("id", "id-one"));
    Sink.Value fresh = value(NEW, new Part("id", "id-two"));

    assertThat(sink.deliver(old, fresh, sink.look(old, fresh, PERMIT), PERMIT))
        .isInstanceOf(Delivery.Delivered.class);
    assertThat(Files.readString(folder.resolve("credentials")))
        .contains("aws_access_key_id = id-two\n", NEW)
        .doesNotContain(OLD);
  }

  @Test
  void aShortValueIsNotPartOfAWord() throws Exception {
    FileSink sink =
        sink("a.ini", "password=hunter2\nfile=hunter22.txt\nother=xhunter2\n".getBytes(UTF_8));

    assertThat(deliver(sink, "hunter2", "swordfish"))
        .isEqualTo(new Delivery.Delivered("in 1 place"));
    assertThat(Files.readString(folder.resolve("a.ini")))
        .isEqualTo("password=swordfish\nfile=hunter22.txt\nother=xhunter2\n");
  }

  @Test
  void saysWhatItHolds() throws Exception {
    FileSink sink = sink("a", ("x " + OLD).getBytes(UTF_8));

    assertThat(sink.look(value(OLD), null, PERMIT)).isEqualTo(new State.HoldsOld("1"));
    assertThat(sink.look(value(NEW), null, PERMIT)).isInstanceOf(State.HoldsOther.class);
    assertThat(sink.look(value(NEW), value(OLD), PERMIT)).isEqualTo(new State.HoldsNew());
    Files.delete(folder.resolve("a"));
    assertThat(sink.look(value(OLD), null, PERMIT)).isInstanceOf(State.Missing.class);
    assertThat(sink.deliver(value(OLD), value(NEW), new State.HoldsOld("1"), PERMIT))
        .isInstanceOf(Delivery.Changed.class);
  }

  /// A run that died after its delivery knows the new value's id alone.
  @ParameterizedTest
  @MethodSource("samples")
  void namesWhatItMayHold(Sample sample) throws Exception {
    FileSink sink = sink(sample.name(), sample.with(NEW, UTF_8));
    var key = new TokenKey(new byte[TokenKey.LENGTH]);
    var held = (State.HoldsOther) sink.look(value(OLD), null, PERMIT);
    assertThat(held.values())
        .extracting(secret -> secret.idUnder(key))
        .contains(new Secret(NEW.getBytes(UTF_8)).idUnder(key));
  }

  @Test
  void aSpellingThatItDoesNotReplaceIsNoAbsence() throws Exception {
    FileSink sink = sink("a.yaml", ("k: 'it''s-" + OLD + "'\n").getBytes(UTF_8));
    assertThat(sink.look(value("it's-" + OLD), value(NEW), PERMIT))
        .isInstanceOf(State.Unclear.class);
  }

  @Test
  void doesNotWriteWhatHasChangedSince() throws Exception {
    FileSink sink = sink("a", ("x " + OLD).getBytes(UTF_8));
    State seen = sink.look(value(OLD), null, PERMIT);
    Files.writeString(folder.resolve("a"), "somebody else was here");
    assertThat(sink.deliver(value(OLD), value(NEW), seen, PERMIT))
        .isInstanceOf(Delivery.Changed.class);
    Files.writeString(folder.resolve("a"), OLD + " " + OLD);
    assertThat(sink.deliver(value(OLD), value(NEW), seen, PERMIT))
        .isInstanceOf(Delivery.Changed.class);
    assertThat(folder.resolve("a")).hasContent(OLD + " " + OLD);
  }

  @Test
  void keepsTheMode() throws Exception {
    FileSink sink = sink("run.sh", ("K=" + OLD).getBytes(UTF_8));
    for (String mode : List.of("rwxr-x--x", "rw-------", "rw-rw-rw-")) {
      Files.writeString(folder.resolve("run.sh"), "K=" + OLD);
      Files.setPosixFilePermissions(
          folder.resolve("run.sh"), PosixFilePermissions.fromString(mode));
      assertThat(deliver(sink, OLD, NEW)).isInstanceOf(Delivery.Delivered.class);
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("run.sh"))))
          .isEqualTo(mode);
    }
  }

  @Test
  void keepsTheOwner() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root gives files away");
    FileSink sink = sink("a", OLD.getBytes(UTF_8));
    Path file = folder.resolve("a");
    Files.setAttribute(file, "unix:uid", 12345);
    Files.setAttribute(file, "unix:gid", 23456);
    assertThat(deliver(sink, OLD, NEW)).isInstanceOf(Delivery.Delivered.class);
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(12345);
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(23456);
  }

  @Test
  void refusesLinks() throws Exception {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Path root = Files.createDirectories(folder.resolve("checkout/.git")).getParent();
    Files.writeString(outside.resolve("real"), OLD);
    Files.createSymbolicLink(root.resolve("link"), outside.resolve("real"));
    Files.createSymbolicLink(root.resolve("conf"), outside);
    for (String path : List.of("link", "conf/real")) {
      State state = sink(root.resolve(path)).look(value(OLD), null, PERMIT);
      assertThat(state).isInstanceOf(State.Unclear.class);
      assertThat(((State.Unclear) state).reason()).contains("link");
      assertThat(
              sink(root.resolve(path))
                  .deliver(value(OLD), value(NEW), new State.HoldsOld("1"), PERMIT))
          .isInstanceOf(Delivery.Refused.class);
    }
    assertThat(outside.resolve("real")).hasContent(OLD);
    assertThat(root.resolve("link")).isSymbolicLink();
  }

  @Test
  void refusesFilesThatWouldKeepTheOldValueUnderAnotherName() throws Exception {
    FileSink sink = sink("a", OLD.getBytes(UTF_8));
    Files.createLink(folder.resolve("b"), folder.resolve("a"));
    assertThat(sink.look(value(OLD), null, PERMIT)).isInstanceOf(State.Unclear.class);
    assertThat(sink.deliver(value(OLD), value(NEW), new State.HoldsOld("1"), PERMIT))
        .isInstanceOf(Delivery.Refused.class);
  }

  @Test
  void refusesWhatIsNoText() throws Exception {
    FileSink sink = sink("a.db", ("\0\1\2\0\0" + OLD).getBytes(UTF_8));
    assertThat(sink.look(value(OLD), null, PERMIT)).isEqualTo(new State.Unclear("it is no text"));
  }

  /// Every token of a file is a step of its own, and steps of several providers run at once.
  @Test
  void tokensOfOneFileAreReplacedAtTheSameTime() throws Exception {
    int tokens = 24;
    var content = new StringBuilder();
    for (int i = 0; i < tokens; i++) {
      content.append("KEY_").append(i).append('=').append(word(100 + i, 24)).append('\n');
    }
    Path file = Files.writeString(folder.resolve(".env"), content);
    var sinks = new FileSinks();
    try (var threads = Executors.newFixedThreadPool(8)) {
      var tasks =
          Stream.iterate(0, i -> i + 1)
              .limit(tokens)
              .<Callable<Delivery>>map(
                  i ->
                      () ->
                          deliver(
                              sinks.open(new SinkAddress("file", file.toString(), ""), null),
                              word(100 + i, 24),
                              word(200 + i, 30)))
              .toList();
      for (var done : threads.invokeAll(tasks)) {
        assertThat(done.get()).isInstanceOf(Delivery.Delivered.class);
      }
    }
    for (int i = 0; i < tokens; i++) {
      assertThat(file).content().contains("KEY_" + i + "=" + word(200 + i, 30) + "\n");
    }
  }

  @Test
  void whatADeadRunLeftIsOverwritten() throws Exception {
    FileSink sink = sink("a", OLD.getBytes(UTF_8));
    Files.writeString(folder.resolve(".a.stanch"), "half of it");
    assertThat(deliver(sink, OLD, NEW)).isInstanceOf(Delivery.Delivered.class);
    assertThat(folder.resolve("a")).hasContent(NEW);
    assertThat(folder.resolve(".a.stanch")).doesNotExist();
  }

  @Test
  void saysWhoHasToRestartAndWhatGitTracks() throws Exception {
    FileSink sink = sink("a", OLD.getBytes(UTF_8));
    assertThat(((Activation.ByHand) sink.activate(PERMIT)).steps()).hasSize(1);
    for (List<String> command : List.of(List.of("git", "init", "-q"), List.of("git", "add", "a"))) {
      assertThat(new ProcessBuilder(command).directory(folder.toFile()).start().waitFor()).isZero();
    }
    assertThat(((Activation.ByHand) sink.activate(PERMIT)).steps())
        .anyMatch(step -> step.contains("git tracks"));
  }

  @Test
  void isNamedByItsWholePath() {
    var sinks = new FileSinks();
    assertThat(sinks.open(SinkAddress.parse("file:/etc/app.env", ""), null).address().text())
        .isEqualTo("file:/etc/app.env");
    for (String where : List.of("file:app.env", "file:/")) {
      assertThatThrownBy(() -> sinks.open(SinkAddress.parse(where, ""), null))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
