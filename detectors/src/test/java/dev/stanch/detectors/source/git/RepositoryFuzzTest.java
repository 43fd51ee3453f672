package dev.stanch.detectors.source.git;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.source.SourceException;
import dev.stanch.fixtures.Fuzz;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damaged repositories are read to their end: each fault is a problem or an error that says so.
final class RepositoryFuzzTest {
  private static final byte[] NOTHING = {};

  @TempDir Path temp;

  @Test
  void readsDamagedPacksAndIndexes() throws Exception {
    Git git = made();
    git.run(NOTHING, "repack", "-q", "-adfk", "--depth=50");
    git.run(NOTHING, "commit-graph", "write", "--reachable");
    fuzz("packs", "glob:**/{*.pack,*.idx,index,packed-refs,commit-graph}");
  }

  @Test
  void readsADamagedMultiPackIndex() throws Exception {
    Git git = made();
    git.run(NOTHING, "repack", "-q", "-adfk");
    git.run(NOTHING, "multi-pack-index", "write");
    for (Path index : files("glob:**.idx")) {
      Files.delete(index);
    }
    fuzz("multi-pack-index", "glob:**/{multi-pack-index,*.pack}");
  }

  @Test
  void readsDamagedLooseObjectsRefsAndSettings() throws Exception {
    made();
    fuzz("loose objects", "glob:**/{objects/??/*,config,HEAD,refs/**,index,logs/**}");
  }

  private Git made() throws IOException {
    Git git = RandomHistory.init(temp.resolve("r"));
    git.run(NOTHING, "config", "fastimport.unpackLimit", "100000");
    RandomHistory.into(git, 7, 30);
    git.run(NOTHING, "read-tree", "HEAD");
    return git;
  }

  private List<Path> files(String glob) throws IOException {
    var matcher = temp.getFileSystem().getPathMatcher(glob);
    try (Stream<Path> all = Files.walk(temp.resolve("r/.git"))) {
      return all.filter(Files::isRegularFile).filter(matcher::matches).sorted().toList();
    }
  }

  private void fuzz(String name, String glob) throws IOException {
    List<Path> files = files(glob);
    assertThat(files).isNotEmpty();
    Map<Path, byte[]> sound = new HashMap<>();
    for (Path file : files) {
      assertThat(file.toFile().setWritable(true)).isTrue();
      sound.put(file, Files.readAllBytes(file));
    }
    long count =
        Fuzz.run(
            name,
            random -> {
              Path file = files.get(random.nextInt(files.size()));
              byte[] bytes = requireNonNull(sound.get(file));
              Files.write(file, Fuzz.damaged(bytes, random));
              try {
                read(random);
              } finally {
                Files.write(file, bytes);
              }
            });
    System.out.println(name + ": " + count + " repositories");
  }

  private void read(Random random) throws Exception {
    Problems problems = new Problems(10);
    GitRepository repository;
    try {
      repository = GitRepository.find(temp.resolve("r"), Map.of());
      try (ObjectStore store = repository.openObjectsBriefly(problems)) {
        var objects = new ObjectLookup(store);
        for (var change : StagedChanges.of(repository, objects, problems).changes()) {
          try (InputStream in = objects.open(change.blob(), 1000).orElse(null)) {
            if (in != null) {
              in.transferTo(OutputStream.nullOutputStream());
            }
          } catch (IOException e) {
            assertThat(e).hasMessageNotContaining("Stream closed");
          }
        }
      }
    } catch (SourceException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return;
    }
    try (ObjectStore store = repository.openObjects(problems)) {
      ObjectTable table = ObjectTable.build(store, 2);
      BlobWalk.all(table, 2, RepositoryFuzzTest::visitor);
      History history =
          History.read(
              repository,
              table,
              Refs.read(repository, problems),
              2,
              random.nextBoolean() ? RepositoryFuzzTest::visitor : null);
      int first = table.firstPosition(ObjectType.BLOB);
      int[] wanted = new int[table.lastPosition(ObjectType.BLOB) - first];
      Arrays.setAll(wanted, i -> table.entryAt(first + i));
      Attribution attribution = Attribution.of(history, wanted, 2);
      for (int blob : wanted) {
        attribution.places(blob);
      }
    }
  }

  private static BlobVisitor visitor() {
    return new BlobVisitor() {
      @Override
      public void blob(BlobFrame frame) {
        assertThat(frame.length()).isNotNegative();
      }

      @Override
      public void largeBlob(int entry, long size, InputStream content) throws IOException {
        content.transferTo(OutputStream.nullOutputStream());
      }
    };
  }
}
