package dev.stanch.detectors.source.git;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a repository holds, worked out from the objects that git itself prints, without any
/// cleverness.
final class Oracle {
  /// An object as git prints it.
  static final class Stored {
    private final String type;
    private final byte[] bytes;

    Stored(String type, byte[] bytes) {
      this.type = type;
      this.bytes = bytes;
    }

    String type() {
      return type;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  record Place(String blob, String path) {}

  record Held(String commit, boolean inTips, boolean inHead) {}

  final Map<String, Stored> objects = new LinkedHashMap<>();
  private final Map<String, List<String>> parents = new HashMap<>();
  private final Map<String, String> trees = new HashMap<>();
  private final Map<String, Long> corrected = new HashMap<>();
  private final Map<String, Map<String, String>> flat = new HashMap<>();
  private final Set<String> shallow = new HashSet<>();
  private final int idLength;

  Oracle(Git git, Path gitFolder, int idLength) throws java.io.IOException {
    this.idLength = idLength;
    byte[] all =
        git.run(
            new byte[0], "cat-file", "--batch-all-objects", "--batch", "--unordered", "--buffer");
    for (int at = 0; at < all.length; ) {
      int end = at;
      while (all[end] != '\n') {
        end++;
      }
      String[] header = new String(all, at, end - at, StandardCharsets.US_ASCII).split(" ", -1);
      int size = Integer.parseInt(header[2]);
      byte[] bytes = java.util.Arrays.copyOfRange(all, end + 1, end + 1 + size);
      objects.put(header[0], new Stored(header[1], bytes));
      at = end + 1 + size + 1;
    }
    Path file = gitFolder.resolve("shallow");
    if (Files.exists(file)) {
      shallow.addAll(Files.readAllLines(file));
    }
    objects.forEach(
        (id, stored) -> {
          if (stored.type().equals("commit")) {
            readCommit(id, stored.bytes());
          }
        });
  }

  private void readCommit(String id, byte[] bytes) {
    List<String> own = new ArrayList<>();
    for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      if (line.isEmpty()) {
        break;
      }
      if (line.startsWith("tree ")) {
        trees.put(id, line.substring(5));
      } else if (line.startsWith("parent ")
          && !shallow.contains(id)
          && objects.containsKey(line.substring(7))) {
        own.add(line.substring(7));
      }
    }
    parents.put(id, own);
  }

  private long corrected(String commit) {
    Long known = corrected.get(commit);
    if (known != null) {
      return known;
    }
    String text = new String(objects.get(commit).bytes(), StandardCharsets.ISO_8859_1);
    String committer =
        text.lines().filter(l -> l.startsWith("committer ")).findFirst().orElseThrow();
    long date = Long.parseLong(committer.replaceAll(".*> (\\d+) .*", "$1"));
    for (String parent : parents.get(commit)) {
      date = Math.max(date, corrected(parent) + 1);
    }
    corrected.put(commit, date);
    return date;
  }

  /// Path to blob, of a tree.
  private Map<String, String> flat(String tree) {
    Map<String, String> known = flat.get(tree);
    if (known != null) {
      return known;
    }
    Map<String, String> paths = new TreeMap<>();
    Stored stored = objects.get(tree);
    if (stored != null) {
      byte[] b = stored.bytes();
      for (int at = 0; at < b.length; ) {
        int space = at;
        while (b[space] != ' ') {
          space++;
        }
        int nul = space;
        while (b[nul] != 0) {
          nul++;
        }
        int mode = Integer.parseInt(new String(b, at, space - at, StandardCharsets.US_ASCII), 8);
        String name = new String(b, space + 1, nul - space - 1, StandardCharsets.UTF_8);
        String id = HexFormat.of().formatHex(b, nul + 1, nul + 1 + idLength);
        if ((mode & 0170000) == 0040000) {
          flat(id).forEach((path, blob) -> paths.put(name + "/" + path, blob));
        } else if ((mode & 0170000) != 0160000) {
          paths.put(name, id);
        }
        at = nul + 1 + idLength;
      }
    }
    flat.put(tree, paths);
    return paths;
  }

  /// Path to blob, of a commit.
  Map<String, String> files(String commit) {
    return flat(trees.get(commit));
  }

  List<String> parents(String commit) {
    return parents.get(commit);
  }

  private String peel(String id) {
    String at = id;
    while (objects.get(at) != null && objects.get(at).type().equals("tag")) {
      at =
          new String(objects.get(at).bytes(), StandardCharsets.ISO_8859_1)
              .substring(7, 7 + 2 * idLength);
    }
    return at;
  }

  /// Every place at which a commit reachable from the refs holds a blob.
  Map<Place, Held> places(List<String> refs, String head) {
    Set<String> reached = new HashSet<>();
    List<String> todo = new ArrayList<>();
    for (String ref : refs) {
      String target = peel(ref);
      if (trees.containsKey(target)) {
        todo.add(target);
      }
    }
    while (!todo.isEmpty()) {
      String commit = todo.removeLast();
      if (reached.add(commit)) {
        todo.addAll(parents.get(commit));
      }
    }
    List<String> order = new ArrayList<>(reached);
    order.sort(Comparator.comparingLong(this::corrected).thenComparing(c -> c));
    Set<Place> tips = new HashSet<>();
    for (String ref : refs) {
      addTips(peel(ref), tips);
    }
    Set<Place> heads = new HashSet<>();
    addTips(head, heads);
    Map<Place, Held> places = new HashMap<>();
    for (String commit : order) {
      flat(trees.get(commit))
          .forEach(
              (path, blob) -> {
                Place place = new Place(blob, path);
                if (objects.containsKey(blob)) {
                  places.putIfAbsent(
                      place, new Held(commit, tips.contains(place), heads.contains(place)));
                }
              });
    }
    for (Place place : tips) {
      if (objects.containsKey(place.blob())) {
        places.putIfAbsent(place, new Held("", true, false));
      }
    }
    return places;
  }

  private void addTips(String target, Set<Place> tips) {
    Stored stored = objects.get(target);
    if (stored == null) {
      return;
    }
    switch (stored.type()) {
      case "commit" ->
          flat(trees.get(target)).forEach((path, blob) -> tips.add(new Place(blob, path)));
      case "tree" -> flat(target).forEach((path, blob) -> tips.add(new Place(blob, path)));
      default -> tips.add(new Place(target, ""));
    }
  }
}
