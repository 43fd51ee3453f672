package dev.stanch.detectors.scan;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.detectors.rule.RuleTables;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class TextScannerTest {
  private static final Detector DETECTOR = new Detector(RuleTables.builtIn());
  private static final String LEAK =
      new ExampleTemplate("HF_TOKEN={{\"hf_\"}}{{alpha:34}}\n").expand(5);

  private final List<String> troubles = new ArrayList<>();

  private List<Hit> scan(InputStream in) throws IOException {
    return new TextScanner(DETECTOR).scan(in, (way, reason) -> troubles.add(way + ": " + reason));
  }

  private List<String> ways(byte[] content) throws IOException {
    return scan(new ByteArrayInputStream(content)).stream()
        .map(hit -> String.join("!", hit.candidate().via()))
        .toList();
  }

  @Test
  void readsUtf16WithAndWithoutMark() throws IOException {
    assertThat(ways(("\ufeff" + LEAK).getBytes(UTF_16LE))).containsExactly("utf-16");
    assertThat(ways(("\ufeff" + LEAK).getBytes(UTF_16BE))).containsExactly("utf-16");
    assertThat(ways(LEAK.getBytes(UTF_16LE))).containsExactly("utf-16");
    assertThat(ways(LEAK.getBytes(UTF_16BE))).containsExactly("utf-16");
  }

  @Test
  void readsWhatIsPackedOnceOrSeveralTimes() throws IOException {
    byte[] leak = LEAK.getBytes(UTF_8);
    assertThat(ways(gzip(leak))).containsExactly("gzip");
    assertThat(ways(bzip2(leak))).containsExactly("bzip2");
    assertThat(ways(xz(leak))).containsExactly("xz");
    assertThat(ways(zip("config/app.env", leak))).containsExactly("zip:config/app.env");
    assertThat(ways(tar("app.env", leak))).containsExactly("tar:app.env");
    assertThat(ways(gzip(tar("inner.zip", zip("app.env", leak)))))
        .containsExactly("gzip!tar:inner.zip!zip:app.env");
    assertThat(troubles).isEmpty();
  }

  @Test
  void readsEncodingsInsideEncodings() throws IOException {
    String once = Base64.getEncoder().encodeToString(LEAK.getBytes(UTF_8));
    String twice = Base64.getEncoder().encodeToString(("data: " + once + "\n").getBytes(UTF_8));
    assertThat(ways(("x: " + once).getBytes(UTF_8))).containsExactly("base64");
    assertThat(ways(("x: " + twice).getBytes(UTF_8))).containsExactly("base64!base64");
  }

  private record Escaped(String way, String form, boolean all) {}

  @Test
  void readsEscapedCharacters() throws IOException {
    String token = LEAK.substring(LEAK.indexOf('=') + 1).strip();
    for (boolean all : List.of(true, false)) {
      for (Escaped escaped :
          List.of(
              new Escaped("percent", "%%%02X", all),
              new Escaped("percent", "%%%02x", all),
              new Escaped("escapes", "\\u%04x", all),
              new Escaped("escapes", "\\x%02X", all),
              new Escaped("entities", "&#x%x;", all),
              new Escaped("entities", "&#%d;", all))) {
        var text = new StringBuilder();
        for (int i = 0; i < token.length(); i++) {
          char c = token.charAt(i);
          text.append(
              all || !Character.isLetterOrDigit(c)
                  ? String.format(escaped.form(), (int) c)
                  : String.valueOf(c));
        }
        String line = "a b?q=1\n{\"x\": \"" + text + "\", \"y\": \"%2Dz\"}\n";
        List<Hit> hits = scan(new ByteArrayInputStream(line.getBytes(UTF_8)));
        assertThat(hits).as(escaped.toString()).hasSize(1);
        Hit hit = hits.getFirst();
        assertThat(hit.candidate().via()).containsExactly(escaped.way());
        assertThat(hit.candidate().token())
            .isEqualTo(TokenBytes.of(token.getBytes(UTF_8), 0, token.length()));
        // The place is that of the escaped token, no more.
        assertThat(hit.start()).isEqualTo(line.indexOf(text.toString()));
        assertThat(hit.candidate().length()).isEqualTo(text.length());
      }
    }
  }

  @Test
  void readsEscapesInsideOtherEncodings() throws IOException {
    String once = "token=" + LEAK.substring(LEAK.indexOf('=') + 1).strip().replace("_", "%5F");
    String twice = once.replace("%", "%25");
    assertThat(ways((twice + "\n").getBytes(UTF_8))).containsExactly("percent!percent");
    String packed = Base64.getEncoder().encodeToString((once + "\n").getBytes(UTF_8));
    assertThat(ways(("x: " + packed).getBytes(UTF_8))).containsExactly("base64!percent");
  }

  @Test
  void readsNotebooksLikeTheProgramsInThem() throws IOException {
    String program =
        new ExampleTemplate(
                """
                import os
                os.environ["HF_TOKEN"] = "{{"hf_"}}{{alpha:34}}"
                client = Client(api_key="{{alnum:40}}")
                os.environ["MISTRAL_API_KEY"] = "{{alnum:32}}"
                %env COHERE_API_KEY={{alnum:40}}
                url = "postgres://app:{{alnum:18}}@db.acme-corp.io/x"
                """)
            .expand(11);
    var notebook = new StringBuilder("{\n \"cells\": [\n  {\n   \"source\": [\n");
    program
        .lines()
        .forEach(
            line ->
                notebook
                    .append("    \"")
                    .append(line.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\\n\",\n"));
    notebook.append("    \"\"\n   ]\n  }\n ],\n \"nbformat\": 4\n}\n");
    List<Hit> inProgram = scan(new ByteArrayInputStream(program.getBytes(UTF_8)));
    List<Hit> inNotebook = scan(new ByteArrayInputStream(notebook.toString().getBytes(UTF_8)));
    assertThat(inProgram).hasSize(5);
    assertThat(inNotebook.stream().map(hit -> hit.candidate().token()).toList())
        .isEqualTo(inProgram.stream().map(hit -> hit.candidate().token()).toList());
    assertThat(inNotebook.stream().map(hit -> hit.location().line() - 4).toList())
        .isEqualTo(inProgram.stream().map(hit -> hit.location().line()).toList());
  }

  @Test
  void leavesOutPicturesAndTheLike() throws IOException {
    var left = new ArrayList<String>();
    var trouble =
        new Unpacker.Trouble() {
          @Override
          public void unread(String way, String reason) {
            troubles.add(way + ": " + reason);
          }

          @Override
          public void excluded(String way, String reason) {
            left.add(way + ": " + reason);
          }
        };
    byte[] png = bytes("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0" + LEAK);
    byte[] font = bytes("OTTO\0\f\0\u0080\0\3\0@CFF " + LEAK);
    byte[] video = bytes("\0\0\0 ftypisom\0\0\2\0" + LEAK);
    byte[] pointer =
        bytes("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12345\n");
    for (byte[] content : List.of(png, font, video, pointer, zip("a.png", png))) {
      assertThat(new TextScanner(DETECTOR).scan(new ByteArrayInputStream(content), trouble))
          .isEmpty();
    }
    assertThat(left)
        .containsExactly(
            ": picture",
            ": font",
            ": sound or video",
            ": body kept by Git LFS",
            "zip:a.png: picture");
    assertThat(troubles).isEmpty();
    // What only begins like one is a text.
    assertThat(ways(bytes("GIF89a is a format. " + LEAK))).hasSize(1);
    assertThat(
            ways(bytes("version https://git-lfs.github.com/spec/v1\n" + "x\n".repeat(400) + LEAK)))
        .hasSize(1);
  }

  private static byte[] bytes(String latin) {
    return latin.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  @Test
  void listsWhatItCannotUnpackAndGoesOn() throws IOException {
    byte[] whole = zip("app.env", LEAK.repeat(50).getBytes(UTF_8));
    ways(java.util.Arrays.copyOf(whole, whole.length / 2));
    ways(new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    assertThat(troubles).hasSize(2).allMatch(trouble -> trouble.contains("not a readable"));
  }

  @Test
  void stopsAtBombs() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 200; i++) {
        out.write(zeros);
      }
    }
    ways(bytes.toByteArray());
    assertThat(troubles).singleElement().asString().contains("unpacks to more than");
  }

  @Test
  void findsTheSameInWindowsAsInOnePiece() throws IOException {
    var random = new SplittableRandom(7);
    var text = new StringBuilder();
    var expected = new ArrayList<Long>();
    while (text.length() < 20 << 20) {
      int filler = random.nextInt(1000, 400_000);
      text.append("lorem ipsum dolor\n".repeat(filler / 18));
      expected.add((long) text.length() + "HF_TOKEN=".length());
      text.append(new ExampleTemplate("HF_TOKEN={{\"hf_\"}}{{alpha:34}}\n").expand(text.length()));
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    assertThat(scan(new ByteArrayInputStream(bytes)).stream().map(Hit::start).toList())
        .isEqualTo(expected);
    // The same, handed out in pieces of any size.
    assertThat(scan(inPieces(bytes, random)).stream().map(Hit::start).toList()).isEqualTo(expected);
  }

  @Test
  void ignoresWordsBesideValuesInBinaries() throws IOException {
    byte[] text =
        new ExampleTemplate("password = \"{{alnum:16}}\"\0\0\0\1").expand(3).getBytes(UTF_8);
    assertThat(ways(text)).isEmpty();
  }

  private static InputStream inPieces(byte[] bytes, SplittableRandom random) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int at, int length) {
        return super.read(into, at, Math.min(length, random.nextInt(1, 5000)));
      }
    };
  }

  private interface Packer {
    java.io.OutputStream over(java.io.OutputStream out) throws IOException;
  }

  private static byte[] packed(byte[] content, Packer packer) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = packer.over(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    return packed(content, GZIPOutputStream::new);
  }

  private static byte[] bzip2(byte[] content) throws IOException {
    return packed(content, BZip2CompressorOutputStream::new);
  }

  private static byte[] xz(byte[] content) throws IOException {
    return packed(content, out -> new XZOutputStream(out, new LZMA2Options(1)));
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(bytes)) {
      out.putNextEntry(new ZipEntry(name));
      out.write(content);
      out.closeEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] tar(String name, byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new TarArchiveOutputStream(bytes)) {
      var entry = new TarArchiveEntry(name);
      entry.setSize(content.length);
      out.putArchiveEntry(entry);
      out.write(content);
      out.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }
}
