package dev.stanch.detectors.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Damaged and hostile repositories: every trouble becomes a problem, none an exception, a hang or
/// a full memory.
class HostileRepositoryTest {
  private static final byte[] NOTHING = {};

  @TempDir Path temp;

  @Test
  @Timeout(600)
  void survivesAnyDamage() throws Exception {
    Git git = RandomHistory.init(temp.resolve("r"));
    RandomHistory.into(git, 7, 25);
    git.run(NOTHING, "repack", "-q", "-adfk", "--depth=50", "--window=60");
    git.run(NOTHING, "-c", "pack.indexVersion=1", "gc", "-q", "--prune=never");
    git.run(NOTHING, "multi-pack-index", "write");
    List<Path> files = new ArrayList<>();
    Path gitFolder = temp.resolve("r/.git");
    try (var all = Files.walk(gitFolder)) {
      all.filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("hooks"))
          .filter(file -> !file.toString().contains(".rev"))
          .forEach(files::add);
    }
    files.sort(null);
    List<Path> packs = files.stream().filter(f -> f.toString().contains("/pack/")).toList();
    files.forEach(f -> f.toFile().setWritable(true));
    long seed = Long.getLong("stanch.fuzz.seed", 1);
    int rounds = Integer.getInteger("stanch.fuzz.rounds", 150);
    for (int round = 0; round < rounds; round++) {
      Random random = new Random(seed * 1_000_003 + round);
      List<Path> from = random.nextInt(3) > 0 ? packs : files;
      Path file = from.get(random.nextInt(from.size()));
      byte[] good = Files.readAllBytes(file);
      Files.write(file, damaged(good, random));
      try {
        readEverything(gitFolder);
      } catch (dev.stanch.detectors.source.SourceException e) {
        // the repository is none any more, and says so
      } catch (RuntimeException | Error e) {
        fail("seed " + seed + ", round " + round + ", " + file.getFileName(), e);
      } finally {
        Files.write(file, good);
      }
    }
    assertThat(readEverything(gitFolder)).isZero();
  }

  private static byte[] damaged(byte[] good, Random random) {
    byte[] bad = good.clone();
    if (bad.length == 0) {
      return new byte[random.nextInt(100)];
    }
    switch (random.nextInt(5)) {
      case 0 -> bad = Arrays.copyOf(bad, random.nextInt(bad.length));
      case 1 -> bad = Arrays.copyOf(bad, bad.length + 1 + random.nextInt(100));
      case 2 -> {
        int at = random.nextInt(bad.length);
        Arrays.fill(
            bad, at, Math.min(bad.length, at + random.nextInt(200)), (byte) random.nextInt(256));
      }
      default -> {
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
          bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
        }
      }
    }
    return bad;
  }

  private static long readEverything(Path gitFolder) throws Exception {
    Problems problems = new Problems(100);
    GitRepository repository = GitRepository.at(gitFolder, null, Map.of());
    try (ObjectStore store = repository.openObjects(problems)) {
      ObjectTable table = ObjectTable.build(store, 2);
      BlobWalk.all(table, 2, Nobody::new);
      History history =
          History.read(repository, table, Refs.read(repository, problems), 2, Nobody::new);
      int[] wanted =
          new int[table.lastPosition(ObjectType.BLOB) - table.firstPosition(ObjectType.BLOB)];
      Arrays.setAll(wanted, i -> table.entryAt(table.firstPosition(ObjectType.BLOB) + i));
      Attribution attribution = Attribution.of(history, wanted, 2);
      for (int entry : wanted) {
        for (BlobPlace place : attribution.places(entry)) {
          if (place.commit() >= 0) {
            assertThat(history.info(place.commit()).author()).isNotNull();
          }
        }
      }
    }
    return problems.count();
  }

  private static final class Nobody implements BlobVisitor {
    @Override
    public void blob(BlobFrame frame) {
      assertThat(frame.length()).isLessThanOrEqualTo(frame.bytes().length);
    }

    @Override
    public void largeBlob(int entry, long size, InputStream content) throws IOException {
      content.transferTo(OutputStream.nullOutputStream());
    }
  }
}
