package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.rule.RuleTables;
import dev.stanch.fixtures.Fuzz;
import io.airlift.compress.v3.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/// Damaged archives are scanned as far as they go: what cannot be read is named, never thrown.
final class ArchiveFuzzTest {
  private static final Detector DETECTOR = new Detector(RuleTables.builtIn());

  private interface Wrapping {
    OutputStream around(OutputStream out) throws IOException;
  }

  @Test
  void scansDamagedArchives() throws Exception {
    byte[] zip = zip();
    byte[] tar = tar(zip);
    List<byte[]> sound =
        new ArrayList<>(
            List.of(
                zip,
                tar,
                wrapped(tar, GZIPOutputStream::new),
                wrapped(text(), GZIPOutputStream::new),
                wrapped(tar, BZip2CompressorOutputStream::new),
                wrapped(tar, out -> new XZOutputStream(out, new LZMA2Options(1))),
                wrapped(text(), out -> new XZOutputStream(out, new LZMA2Options(1))),
                wrapped(tar, ZstdOutputStream::new),
                wrapped(text(), ZstdOutputStream::new),
                text().clone(),
                new String(text(), StandardCharsets.US_ASCII).getBytes(StandardCharsets.UTF_16)));
    var scanner = new TextScanner(DETECTOR);
    long count =
        Fuzz.run(
            "archives",
            random -> {
              byte[] damaged = Fuzz.damaged(sound.get(random.nextInt(sound.size())), random);
              var troubles = new ArrayList<String>();
              List<Hit> hits =
                  scanner.scan(
                      new ByteArrayInputStream(damaged), (way, why) -> troubles.add(way + why));
              assertThat(hits).isNotNull();
              assertThat(troubles).hasSizeLessThan(10_000);
            });
    System.out.println("archives: " + count);
  }

  private static byte[] text() {
    return "A line of text.\nurl = https://example.com/\n"
        .repeat(60)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] wrapped(byte[] bytes, Wrapping wrapping) throws IOException {
    var out = new ByteArrayOutputStream();
    try (OutputStream packed = wrapping.around(out)) {
      packed.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] zip() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (int i = 0; i < 5; i++) {
        zip.putNextEntry(new ZipEntry("folder/file" + i + ".txt"));
        zip.write(text());
        zip.closeEntry();
      }
      zip.putNextEntry(new ZipEntry("inner.txt.gz"));
      zip.write(wrapped(text(), GZIPOutputStream::new));
      zip.closeEntry();
    }
    return out.toByteArray();
  }

  private static byte[] tar(byte[] inner) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(out)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (String name : List.of("a.txt", "x".repeat(130) + ".zip")) {
        byte[] bytes = name.endsWith("zip") ? inner : text();
        var entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }
}
