package dev.stanch.detectors.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeObjectsTest {
  private static final byte[] NOTHING = {};

  @TempDir Path temp;

  @Test
  void streamsLargeBlobsAndTheirDeltas() throws Exception {
    Git git = RandomHistory.init(temp.resolve("r"));
    byte[] large = new byte[9_500_000];
    Random random = new Random(1);
    random.nextBytes(large);
    List<byte[]> blobs = new ArrayList<>();
    blobs.add(large);
    for (int i = 0; i < 3; i++) {
      byte[] changed = blobs.getLast().clone();
      Arrays.fill(changed, 1_000_000 * i, 1_000_000 * i + 500, (byte) i);
      blobs.add(Arrays.copyOf(changed, changed.length - 100 * i));
    }
    blobs.add(Arrays.copyOf(large, 8_300_000)); // below the bound, built from above it
    blobs.add("small".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    blobs.add(new byte[20_000_000]);
    StringBuilder ids = new StringBuilder();
    for (byte[] blob : blobs) {
      ids.append(
          new String(
              git.run(blob, "hash-object", "-w", "--stdin"),
              java.nio.charset.StandardCharsets.US_ASCII));
    }
    assertThat(read(temp.resolve("r"))).isEqualTo(Set.copyOf(ids.toString().lines().toList()));
    git.run(
        ids.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        "pack-objects",
        "-q",
        "--window=10",
        "--depth=10",
        ".git/objects/pack/pack");
    git.run(NOTHING, "prune-packed");
    assertThat(git.lines("verify-pack", "-v", pack()))
        .anyMatch(line -> line.matches(".* blob .* [12] [0-9a-f]{40}"));
    assertThat(read(temp.resolve("r"))).isEqualTo(Set.copyOf(ids.toString().lines().toList()));
  }

  private String pack() throws IOException {
    try (var files =
        java.nio.file.Files.newDirectoryStream(temp.resolve("r/.git/objects/pack"), "*.idx")) {
      return files.iterator().next().toString();
    }
  }

  private static Set<String> read(Path folder) throws Exception {
    Set<String> ids = new ConcurrentSkipListSet<>();
    Problems problems = new Problems(10);
    GitRepository repository = GitRepository.find(folder, Map.of());
    try (ObjectStore store = repository.openObjects(problems)) {
      ObjectTable table = ObjectTable.build(store, 2);
      BlobWalk.all(
          table,
          2,
          () ->
              new BlobVisitor() {
                @Override
                public void blob(BlobFrame frame) {
                  ids.add(name(Arrays.copyOf(frame.bytes(), frame.length())));
                  assertThat(table.name(frame.entry())).isIn(ids);
                }

                @Override
                public void largeBlob(int entry, long size, InputStream content)
                    throws IOException {
                  byte[] bytes = content.readAllBytes();
                  assertThat(bytes).hasSize((int) size);
                  ids.add(name(bytes));
                  assertThat(table.name(entry)).isIn(ids);
                }
              });
    }
    assertThat(problems.listed()).isEmpty();
    return ids;
  }

  private static String name(byte[] blob) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(
          ("blob " + blob.length + "\0").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest.digest(blob));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
