package dev.stanch.detectors.source.container;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stanch.detectors.source.SourceException;
import dev.stanch.fixtures.SparseTar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Layers that were made to be trouble: each is bounded, and says what of it was not read.
@Timeout(60)
final class HostileImageTest {
  private static final int BLOCK = 512;

  @TempDir private Path folder;

  /// An image of one layer and a harmless one on top.
  private ImageTexts read(byte[] layer) throws Exception {
    Path file = folder.resolve("image.tar");
    SavedImage.save(
        file,
        new SavedImage("hostile").layer("COPY a", layer).layer("COPY b", Map.of("after", "text")));
    var seen = ImageTexts.of(file);
    assertThat(seen.texts).containsEntry("2 COPY after", "text");
    return seen;
  }

  private static void member(TarArchiveOutputStream tar, String name, byte type, String text)
      throws IOException {
    var entry = new TarArchiveEntry(name, type, true);
    if (type == TarConstants.LF_NORMAL) {
      entry.setSize(text.length());
      tar.putArchiveEntry(entry);
      tar.write(text.getBytes(UTF_8));
    } else {
      entry.setLinkName(text);
      tar.putArchiveEntry(entry);
    }
    tar.closeArchiveEntry();
  }

  @Test
  void readsNoLinkNorDeviceAndWritesNothingAnywhere() throws Exception {
    Path outside = Files.writeString(folder.resolve("outside"), "of this machine");
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      member(tar, "link", TarConstants.LF_SYMLINK, outside.toString());
      member(tar, "hard", TarConstants.LF_LINK, outside.toString());
      member(tar, "dev/disk", TarConstants.LF_BLK, "");
      member(tar, "dev/tty", TarConstants.LF_CHR, "");
      member(tar, "pipe", TarConstants.LF_FIFO, "");
      member(tar, "../../outside", TarConstants.LF_NORMAL, "climbed");
      member(tar, outside.toString(), TarConstants.LF_NORMAL, "absolute");
      member(tar, "link/below", TarConstants.LF_NORMAL, "through a link");
    }
    var seen = read(bytes.toByteArray());
    assertThat(seen.texts)
        .containsEntry("1 COPY ../../outside", "climbed")
        .containsEntry("1 COPY " + outside.toString().substring(1), "absolute")
        .containsEntry("1 COPY link/below", "through a link")
        .doesNotContainValue("of this machine")
        .doesNotContainKeys("1 COPY link", "1 COPY hard");
    assertThat(seen.excluded)
        .containsExactly("dev/disk: device", "dev/tty: device", "pipe: device");
    assertThat(seen.skips).isEmpty();
    assertThat(outside).content().isEqualTo("of this machine");
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith("below"));
  }

  /// A tar whose first header's sum is right.
  private static byte[] summed(byte[] tar) {
    int sum = 8 * ' ';
    for (int i = 0; i < BLOCK; i++) {
      sum += i < 148 || i >= 156 ? tar[i] & 0xff : 0;
    }
    put(tar, 148, "%06o\0 ".formatted(sum));
    return tar;
  }

  private static void put(byte[] into, int at, String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    System.arraycopy(bytes, 0, into, at, bytes.length);
  }

  @Test
  void takesAnArchiveWhoseHeadersNeverEndForUnreadable() throws Exception {
    byte[] header = SavedImage.tar(Map.of("name", ""));
    header[156] = 'L'; // a long name of the member behind it
    Path file = folder.resolve("image.tar");
    try (var out = Files.newOutputStream(file)) {
      for (int i = 0; i < 100_000; i++) {
        out.write(summed(header), 0, BLOCK);
      }
    }
    assertThatThrownBy(() -> ImageSource.of(file))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("not a readable image archive");
  }

  @Test
  void unfoldsNoSparseFile() throws Exception {
    var seen = read(SparseTar.of("bomb", 1 << 20));
    assertThat(seen.excluded).containsExactly("bomb: sparse file");
    assertThat(seen.texts).doesNotContainKey("1 COPY bomb");
    assertThat(seen.skips).isEmpty();
  }

  @Test
  void givesUpALayerWhoseHolesAreBeyondReason() throws Exception {
    var seen = read(SparseTar.of("bomb", Integer.MAX_VALUE));
    assertThat(seen.skips)
        .singleElement()
        .satisfies(
            skip -> assertThat(skip.reason()).contains("holds sparse files of more than 1024 MiB"));
    assertThat(seen.texts).doesNotContainKey("1 COPY bomb");
  }

  @Test
  void givesUpALayerThatUnpacksToBeyondReason() throws Exception {
    byte[] header = SavedImage.tar(Map.of("zeros", ""));
    put(header, 124, "77777777777\0"); // eight gigabytes
    var bomb = new ByteArrayOutputStream();
    bomb.write(SavedImage.gzip(Arrays.copyOf(summed(header), BLOCK)));
    byte[] zeros = SavedImage.gzip(new byte[16 << 20]);
    for (int i = 0; i < 70; i++) { // more than a gigabyte
      bomb.write(zeros);
    }
    var seen = read(bomb.toByteArray());
    assertThat(seen.skips)
        .singleElement()
        .satisfies(
            skip -> assertThat(skip.reason()).contains("unpacks to more than 1000 times its size"));
    assertThat(seen.texts).doesNotContainKey("1 COPY zeros");
  }

  @Test
  void readsTheUppermostOfEndlessLayers() throws Exception {
    var image = new SavedImage("tall").layer("COPY lowest", Map.of("lowest", "text"));
    for (int i = 0; i < 1000; i++) {
      image = image.layer("COPY file" + i, Map.of("file" + i, "text"));
    }
    Path file = folder.resolve("tall.tar");
    SavedImage.save(file, image);
    var seen = ImageTexts.of(file);
    assertThat(seen.skips)
        .singleElement()
        .satisfies(skip -> assertThat(skip.reason()).contains("more than 1000 layers"));
    assertThat(seen.texts.keySet())
        .anyMatch(text -> text.endsWith("file0"))
        .anyMatch(text -> text.endsWith("file999"))
        .noneMatch(text -> text.endsWith("lowest"));
  }
}
