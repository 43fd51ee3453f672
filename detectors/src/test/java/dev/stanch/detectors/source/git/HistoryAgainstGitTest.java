package dev.stanch.detectors.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Random repositories in many layouts: blobs, deltas and places equal what the real git says.
class HistoryAgainstGitTest {
  private static final byte[] NOTHING = {};

  @TempDir Path temp;

  enum Layout {
    LOOSE {
      @Override
      Path make(Path temp, long seed) throws IOException {
        Git git = RandomHistory.init(temp.resolve("r"));
        git.run(NOTHING, "config", "fastimport.unpackLimit", "100000");
        RandomHistory.into(git, seed, 40);
        return temp.resolve("r/.git");
      }
    },
    AGGRESSIVE {
      @Override
      Path make(Path temp, long seed) throws IOException {
        Path made = LOOSE.make(temp, seed);
        Git git = new Git(temp.resolve("r"));
        // Unreachable objects stay, loose, beside the pack.
        git.run(NOTHING, "gc", "-q", "--aggressive", "--prune=never");
        return made;
      }
    },
    DEEP {
      @Override
      Path make(Path temp, long seed) throws IOException {
        Path made = LOOSE.make(temp, seed);
        Git git = new Git(temp.resolve("r"));
        git.run(NOTHING, "repack", "-q", "-adfk", "--depth=400", "--window=60");
        git.run(NOTHING, "pack-refs", "--all");
        return made;
      }
    },
    OVERLAPPING_REFERENCE_DELTAS {
      @Override
      Path make(Path temp, long seed) throws IOException {
        Path made = DEEP.make(temp, seed);
        Git git = new Git(temp.resolve("r"));
        Path packs = made.resolve("objects/pack");
        String half = String.join("\n", git.lines("rev-list", "--objects", "b0", "b1"));
        git.run(
            (half + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8),
            "-c",
            "repack.useDeltaBaseOffset=false",
            "pack-objects",
            "-q",
            "--no-reuse-delta",
            "--window=60",
            packs + "/pack");
        git.run(NOTHING, "-c", "repack.useDeltaBaseOffset=false", "multi-pack-index", "write");
        return made;
      }
    },
    MULTI_PACK_INDEX_ONLY {
      @Override
      Path make(Path temp, long seed) throws IOException {
        Path made = DEEP.make(temp, seed);
        new Git(temp.resolve("r")).run(NOTHING, "multi-pack-index", "write");
        return made; // the pack's own index is deleted before we read
      }
    },
    OLD_INDEX_AND_BITMAPS {
      @Override
      Path make(Path temp, long seed) throws IOException {
        Path made = LOOSE.make(temp, seed);
        Git git = new Git(temp.resolve("r"));
        git.run(NOTHING, "-c", "pack.indexVersion=1", "repack", "-q", "-adk");
        return made;
      }
    },
    ALTERNATES {
      @Override
      Path make(Path temp, long seed) throws IOException {
        DEEP.make(temp, seed);
        new Git(temp).run(NOTHING, "clone", "-q", "--mirror", "--shared", "r", "s");
        new Git(temp).run(NOTHING, "clone", "-q", "--mirror", "--shared", "s", "t");
        Git git = new Git(temp.resolve("t"));
        String blob =
            new String(
                    git.run(
                        "more".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        "hash-object",
                        "-w",
                        "--stdin"),
                    java.nio.charset.StandardCharsets.UTF_8)
                .strip();
        git.run(NOTHING, "update-ref", "refs/misc/more", blob);
        return temp.resolve("t");
      }
    },
    SHALLOW {
      @Override
      Path make(Path temp, long seed) throws IOException {
        DEEP.make(temp, seed);
        new Git(temp)
            .run(
                NOTHING,
                "clone",
                "-q",
                "--mirror",
                "--depth=3",
                "file://" + temp.resolve("r"),
                "s");
        return temp.resolve("s");
      }
    },
    SHA256 {
      @Override
      Path make(Path temp, long seed) throws IOException {
        Git git = RandomHistory.init(temp.resolve("r"), "--object-format=sha256");
        RandomHistory.intoSha256(git, seed, 40);
        if (seed % 2 == 0) {
          git.run(NOTHING, "repack", "-q", "-adfk");
        }
        return temp.resolve("r/.git");
      }

      @Override
      int idLength() {
        return 32;
      }
    },
    PARTIAL {
      @Override
      Path make(Path temp, long seed) throws IOException {
        DEEP.make(temp, seed);
        Git source = new Git(temp.resolve("r"));
        source.run(NOTHING, "config", "uploadpack.allowFilter", "true");
        // A tag that needs a filtered blob could not be fetched.
        source.run(NOTHING, "update-ref", "-d", "refs/misc/blob");
        source.run(NOTHING, "tag", "-d", "blob-tag");
        new Git(temp)
            .run(
                NOTHING,
                "clone",
                "-q",
                "--mirror",
                "--filter=blob:limit=200",
                "file://" + temp.resolve("r"),
                "s");
        return temp.resolve("s");
      }
    };

    abstract Path make(Path temp, long seed) throws IOException;

    int idLength() {
      return 20;
    }
  }

  @ParameterizedTest
  @EnumSource
  void agreesOnBlobsDeltasAndPlaces(Layout layout) throws Exception {
    for (long seed = 1; seed <= Integer.getInteger("stanch.git.seeds", 2); seed++) {
      Path folder = Files.createDirectory(temp.resolve("seed" + seed));
      check(layout, layout.make(folder, seed), "seed " + seed);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void readsALinkedWorkTreesRepository(long seed) throws Exception {
    Path made = Layout.DEEP.make(temp, seed);
    new Git(temp.resolve("r"))
        .run(NOTHING, "worktree", "add", "-q", "--detach", "--no-checkout", "../linked", "b1");
    GitRepository repository = GitRepository.find(temp.resolve("linked"), Map.of());
    assertThat(repository.commonFolder().toRealPath()).isEqualTo(made.toRealPath());
    check(Layout.DEEP, repository.gitFolder(), "seed " + seed);
  }

  private static void check(Layout layout, Path gitFolder, String name) throws Exception {
    Git git = new Git(gitFolder);
    GitRepository repository = GitRepository.find(gitFolder, Map.of());
    Oracle oracle = new Oracle(git, repository.commonFolder(), layout.idLength());
    List<String> refs = new ArrayList<>(git.lines("for-each-ref", "--format=%(objectname)"));
    String head = git.lines("rev-parse", "HEAD").getFirst();
    refs.add(head);
    if (Files.exists(repository.commonFolder().resolve("logs/refs/stash"))) {
      refs.addAll(git.lines("log", "-g", "--format=%H", "refs/stash"));
    }
    if (layout == Layout.MULTI_PACK_INDEX_ONLY) {
      try (var files = Files.newDirectoryStream(gitFolder.resolve("objects/pack"), "*.idx")) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
    }
    Problems problems = new Problems(10_000);
    try (ObjectStore store = repository.openObjects(problems)) {
      ObjectTable table = ObjectTable.build(store, 2);
      checkBlobs(table, oracle, name);
      List<Ref> read = Refs.read(repository, problems);
      History history = History.read(repository, table, read, 2, null);
      int[] wanted =
          new int[table.lastPosition(ObjectType.BLOB) - table.firstPosition(ObjectType.BLOB)];
      Arrays.setAll(wanted, i -> table.entryAt(table.firstPosition(ObjectType.BLOB) + i));
      Attribution attribution = Attribution.of(history, wanted, 2);
      Map<Oracle.Place, Oracle.Held> found = new HashMap<>();
      for (int entry : wanted) {
        int order = -1;
        for (BlobPlace place : attribution.places(entry)) {
          assertThat(place.order()).isGreaterThanOrEqualTo(order);
          order = place.order();
          if (place.reach() == Reach.TIPS) {
            String commit = place.commit() < 0 ? "" : table.name(place.commit());
            found.put(
                new Oracle.Place(table.name(entry), place.path()),
                new Oracle.Held(commit, place.inTips(), place.inHead()));
          }
        }
      }
      assertThat(found).as(name).isEqualTo(oracle.places(refs, head));
      if (layout == Layout.PARTIAL) {
        checkMissing(git, problems);
      } else {
        assertThat(problems.listed()).as(name).isEmpty();
      }
    }
  }

  private static void checkMissing(Git git, Problems problems) {
    List<String> missing =
        git.lines("rev-list", "--objects", "--all", "--missing=print").stream()
            .filter(line -> line.startsWith("?"))
            .map(line -> line.substring(1))
            .toList();
    assertThat(missing).isNotEmpty();
    assertThat(problems.listed().stream().map(Problem::subject))
        .containsExactlyInAnyOrderElementsOf(missing);
  }

  private static void checkBlobs(ObjectTable table, Oracle oracle, String name) throws Exception {
    Map<String, byte[]> read = new ConcurrentHashMap<>();
    BlobWalk.all(
        table,
        2,
        () ->
            new BlobVisitor() {
              @Override
              public void blob(BlobFrame frame) {
                byte[] bytes = Arrays.copyOf(frame.bytes(), frame.length());
                read.put(table.name(frame.entry()), bytes);
                checkOperations(frame);
              }

              @Override
              public void largeBlob(int entry, long size, InputStream content) throws IOException {
                read.put(table.name(entry), content.readAllBytes());
              }
            });
    Map<String, String> expected = new TreeMap<>();
    oracle.objects.forEach(
        (id, stored) -> {
          if (stored.type().equals("blob")) {
            expected.put(id, HexFormat.of().formatHex(stored.bytes()));
          }
        });
    Map<String, String> actual = new TreeMap<>();
    read.forEach((id, bytes) -> actual.put(id, HexFormat.of().formatHex(bytes)));
    assertThat(actual).as(name).isEqualTo(expected);
    ObjectReader reader = new ObjectReader(table);
    for (int entry = 0; entry < table.size(); entry++) {
      byte[] bytes = oracle.objects.get(table.name(entry)).bytes();
      assertThat(reader.read(entry, 1 << 24)).isEqualTo(bytes);
      int first = table.find(HexFormat.of().parseHex(table.name(entry)), 0);
      assertThat(table.duplicate(entry)).isEqualTo(first != entry);
    }
  }

  private static void checkOperations(BlobFrame frame) {
    BlobFrame base = frame.base();
    if (base == null) {
      assertThat(frame.operationCount()).isZero();
      return;
    }
    assertThat(base.depth()).isEqualTo(frame.depth() - 1);
    int[] operations = frame.operations();
    int at = 0;
    for (int i = 0; i < frame.operationCount(); i++) {
      int from = operations[3 * i];
      int length = operations[3 * i + 1];
      assertThat(operations[3 * i + 2]).isEqualTo(at);
      if (from != BlobFrame.INSERT) {
        assertThat(Arrays.equals(base.bytes(), from, from + length, frame.bytes(), at, at + length))
            .isTrue();
      }
      at += length;
    }
    assertThat(at).isEqualTo(frame.length());
  }
}
