package dev.stanch.cli.command;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Where tokens stand in a repository, worked out from what git itself prints.
final class GitOracle {
  /// One place of one token; what there is none of is empty.
  record Row(
      String token,
      String rule,
      String kind,
      String path,
      String commit,
      String blob,
      int line,
      int column,
      long offset,
      boolean inTips) {}

  private record Commit(String id, int reach, long corrected) {}

  private record Entry(String commit, String path, String blob) {}

  private record Spot(int line, int column, long offset) {}

  private static final Commit NO_COMMIT = new Commit("", 1, 0);

  private final GitRun git;
  private final List<Planted> planted;
  private final Map<String, Commit> commits = new HashMap<>();
  private final Set<Entry> entries = new LinkedHashSet<>();
  private final Map<String, byte[]> objects = new HashMap<>();
  private final Set<String> tags = new LinkedHashSet<>();

  private GitOracle(GitRun git, List<Planted> planted) {
    this.git = git;
    this.planted = planted;
  }

  static Set<Row> rows(GitRun git, List<Planted> planted) {
    return new GitOracle(git, planted).rows();
  }

  private Set<Row> rows() {
    var tips = new ArrayList<String>(List.of("HEAD"));
    tips.addAll(git.lines("for-each-ref", "--format=%(objectname)"));
    if (!git.text("for-each-ref", "refs/stash").isEmpty()) {
      tips.addAll(git.lines("rev-list", "-g", "refs/stash"));
    }
    readCommits(tips);
    readChanges();
    var standing = new HashSet<Entry>();
    for (String tip : tips) {
      readTip(tip, standing);
    }
    standing.stream().filter(entry -> entry.commit().isEmpty()).forEach(entries::add);
    var needed = new LinkedHashSet<String>(commits.keySet());
    needed.addAll(tags);
    entries.forEach(entry -> needed.add(entry.blob()));
    for (String line : git.lines("rev-list", "--objects", "--all", "--reflog", "--missing=print")) {
      if (line.startsWith("?")) {
        needed.remove(line.substring(1));
      }
    }
    readObjects(needed);
    return rowsOf(standing);
  }

  /// Commits with their reach (0 from refs, 2 from reflogs only) and corrected dates.
  private void readCommits(List<String> tips) {
    var reachable = new ArrayList<String>(List.of("rev-list", "--all", "HEAD"));
    for (String tip : tips) {
      if (git.text("cat-file", "-t", tip).equals("commit\n")) {
        reachable.add(tip);
      }
    }
    var fromTips = new HashSet<String>(git.lines(reachable.toArray(String[]::new)));
    reachable.addAll(
        List.of(
            "--reflog", "--topo-order", "--reverse", "--no-commit-header", "--format=%H %ct %P"));
    for (String line : git.lines(reachable.toArray(String[]::new))) {
      String[] fields = line.strip().split(" ", -1);
      long corrected = Long.parseLong(fields[1]);
      for (int i = 2; i < fields.length; i++) {
        Commit parent = commits.get(fields[i]);
        corrected = Math.max(corrected, parent.corrected() + 1);
      }
      commits.put(
          fields[0], new Commit(fields[0], fromTips.contains(fields[0]) ? 0 : 2, corrected));
    }
  }

  /// What each commit has that some parent of it has not: the first holder of a blob is among them.
  private void readChanges() {
    String log =
        git.text(
            "log",
            "--all",
            "HEAD",
            "--reflog",
            "--raw",
            "-m",
            "--no-renames",
            "--root",
            "-z",
            "--no-abbrev",
            "--format=%x01%H");
    for (String part : log.split("\u0001", -1)) {
      if (part.isBlank()) {
        continue;
      }
      String commit = part.substring(0, 40);
      String[] fields = part.substring(40).split("\0", -1);
      for (int i = 0; i + 1 < fields.length; i++) {
        String field = fields[i].strip();
        if (field.startsWith(":")) {
          String[] change = field.split(" ", -1);
          if (!change[3].matches("0+") && !change[1].equals("160000")) {
            entries.add(new Entry(commit, fields[i + 1], change[3]));
          }
          i++;
        }
      }
    }
  }

  private void readTip(String tip, Set<Entry> standing) {
    String id = git.text("rev-parse", tip).strip();
    while (git.text("cat-file", "-t", id).equals("tag\n")) {
      tags.add(id);
      id = git.text("cat-file", "tag", id).lines().findFirst().orElseThrow().substring(7);
    }
    if (git.text("cat-file", "-t", id).equals("blob\n")) {
      standing.add(new Entry("", "", id));
      return;
    }
    boolean tree = git.text("cat-file", "-t", id).equals("tree\n");
    for (String line : git.text("ls-tree", "-r", "-z", id).split("\0", -1)) {
      if (!line.isEmpty()) {
        String[] fields = line.substring(0, line.indexOf('\t')).split(" ", -1);
        standing.add(
            new Entry(tree ? "" : "tip", line.substring(line.indexOf('\t') + 1), fields[2]));
      }
    }
  }

  private void readObjects(Set<String> ids) {
    byte[] all =
        git.run(
            (String.join("\n", ids) + "\n").getBytes(StandardCharsets.UTF_8),
            "cat-file",
            "--batch",
            "--buffer");
    for (int at = 0; at < all.length; ) {
      int end = at;
      while (all[end] != '\n') {
        end++;
      }
      String[] header = new String(all, at, end - at, StandardCharsets.US_ASCII).split(" ", -1);
      at = end + 1;
      int size = Integer.parseInt(header[2]);
      objects.put(header[0], Arrays.copyOfRange(all, at, at + size));
      at += size + 1;
    }
  }

  private Set<Row> rowsOf(Set<Entry> standing) {
    var rows = new HashSet<Row>();
    var spots = new HashMap<String, Map<Planted, List<Spot>>>();
    objects.forEach((id, bytes) -> spots.put(id, spots(bytes)));
    record Where(Planted planted, String path) {}
    var holders = new HashMap<Where, TreeSet<Entry>>();
    Comparator<Entry> order =
        Comparator.comparing(
                (Entry entry) -> commits.getOrDefault(entry.commit(), NO_COMMIT),
                Comparator.comparingInt(Commit::reach)
                    .thenComparingLong(Commit::corrected)
                    .thenComparing(Commit::id))
            .thenComparing(Entry::blob);
    for (Entry entry : entries) {
      for (Planted token : spots.getOrDefault(entry.blob(), Map.of()).keySet()) {
        holders
            .computeIfAbsent(new Where(token, entry.path()), _ -> new TreeSet<>(order))
            .add(entry);
      }
    }
    var standingTokens = new HashSet<Where>();
    for (Entry entry : standing) {
      for (Planted token : spots.getOrDefault(entry.blob(), Map.of()).keySet()) {
        standingTokens.add(new Where(token, entry.path()));
      }
    }
    holders.forEach(
        (where, found) -> {
          Entry first = found.first();
          for (Spot spot : spots.get(first.blob()).get(where.planted())) {
            rows.add(
                row(
                    where.planted(),
                    "git",
                    where.path(),
                    first.commit(),
                    first.blob(),
                    spot,
                    standingTokens.contains(where)));
          }
        });
    var messages = new LinkedHashSet<String>(commits.keySet());
    messages.addAll(tags);
    for (String id : messages) {
      spots
          .getOrDefault(id, Map.of())
          .forEach(
              (token, found) -> {
                for (Spot spot : found) {
                  rows.add(
                      row(
                          token,
                          "git-message",
                          "",
                          id,
                          "",
                          spot,
                          tags.contains(id) || commits.get(id).reach() == 0));
                }
              });
    }
    return rows;
  }

  private static Row row(
      Planted planted,
      String kind,
      String path,
      String commit,
      String blob,
      Spot spot,
      boolean inTips) {
    return new Row(
        planted.token(),
        planted.rule(),
        kind,
        path,
        commit,
        blob,
        spot.line(),
        spot.column(),
        spot.offset(),
        inTips);
  }

  private Map<Planted, List<Spot>> spots(byte[] bytes) {
    String text = new String(bytes, charset(bytes));
    var spots = new HashMap<Planted, List<Spot>>();
    for (Planted one : planted) {
      for (int at = text.indexOf(one.token()); at >= 0; at = text.indexOf(one.token(), at + 1)) {
        int line = (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
        spots
            .computeIfAbsent(one, _ -> new ArrayList<>())
            .add(new Spot(line, at - text.lastIndexOf('\n', at), at));
      }
    }
    return spots;
  }

  /// Latin-1 keeps one byte one character.
  private static Charset charset(byte[] bytes) {
    if (bytes.length > 1 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe) {
      return StandardCharsets.UTF_16;
    }
    return bytes.length > 1 && bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff
        ? StandardCharsets.UTF_16
        : StandardCharsets.ISO_8859_1;
  }
}
