package dev.stanch.cli.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// A repository with a random history in which tokens come and go. What it holds in the end is for
/// git to say.
final class PlantedHistory {
  private static final int COMMITS = 150;
  private static final int LINES = 300;
  private static final String[] BRANCHES = {"main", "feature", "release/1.x", "wild"};
  private static final String[] WORDS =
      ("account address amount average buffer cursor delta depth entry filter folder height index"
              + " ledger margin number option parcel quarry ribbon sample target update valley"
              + " window yellow zenith")
          .split(" ", -1);

  private final Random random;
  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
  private final List<Planted> waiting;
  private final List<Planted> kept;
  private final List<Planted.Pair> pairs;
  private final List<Map<String, List<String>>> states = new ArrayList<>();
  private final Map<String, Integer> tips = new HashMap<>();
  private final List<Planted> gone = new ArrayList<>();

  private PlantedHistory(long seed, List<Planted> planted, List<Planted.Pair> pairs) {
    this.random = new Random(seed);
    this.kept = planted.subList(0, 12);
    this.waiting = new ArrayList<>(planted.subList(12, planted.size()));
    this.pairs = pairs;
  }

  /// Makes the repository `name` below `home`.
  static Path make(
      Path home, String name, long seed, List<Planted> planted, List<Planted.Pair> pairs)
      throws IOException {
    var history = new PlantedHistory(seed, planted, pairs);
    new GitRun(home).text("init", "-q", "--initial-branch=main", name);
    Path folder = home.resolve(name);
    var git = new GitRun(folder);
    for (String setting :
        List.of(
            "core.logAllRefUpdates=always",
            "core.autocrlf=false",
            "gc.auto=0",
            "gc.reflogExpire=never",
            "gc.reflogExpireUnreachable=never",
            "fastimport.unpackLimit=1000000",
            "uploadpack.allowFilter=true",
            "maintenance.auto=false")) {
      String[] both = setting.split("=", -1);
      git.text("config", both[0], both[1]);
    }
    history.write();
    git.run(history.stream.toByteArray(), "fast-import", "--quiet");
    git.text("reset", "-q", "--hard", "main");
    history.withRealGit(home, folder, git);
    return folder;
  }

  // Files: what a path ends in says how it is written.

  private static byte[] encoded(String path, List<String> lines) {
    String end = path.contains("crlf") ? "\r\n" : "\n";
    String text = String.join(end, lines) + end;
    Charset charset =
        path.contains("utf16le")
            ? StandardCharsets.UTF_16LE
            : path.contains("utf16be") ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    return (charset.equals(StandardCharsets.UTF_8) ? text : "\ufeff" + text).getBytes(charset);
  }

  private String filler() {
    var line = new StringBuilder("the");
    for (int i = 2 + random.nextInt(5); i > 0; i--) {
      line.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
    }
    return line.append(" of row ").append(random.nextInt(100_000)).toString();
  }

  private List<String> file(int length) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < length; i++) {
      lines.add(filler());
    }
    return lines;
  }

  private Map<String, List<String>> first() {
    var state = new TreeMap<String, List<String>>();
    state.put("src/big.conf", file(LINES));
    state.put("src/large.crlf.conf", file(LINES));
    state.put("lib/part/other.conf", file(LINES / 2));
    state.put("win/strings.utf16le.conf", file(60));
    state.put("win/strings.utf16be.crlf.conf", file(60));
    for (int i = 0; i < 12; i++) {
      state.put((i % 3 == 0 ? "" : "dir" + i % 4 + "/") + "file " + i + ".conf", file(40));
    }
    return state;
  }

  private void write() {
    states.add(first());
    commit("main", List.of(), states.getFirst(), "begin");
    int split = 0;
    for (int i = 1; i < COMMITS; i++) {
      boolean splits = i % 12 < 2 && i > 1 && split < 2 * pairs.size();
      String branch = splits ? "main" : BRANCHES[random.nextInt(BRANCHES.length)];
      int from = tips.getOrDefault(branch, random.nextInt(states.size()));
      var parents = new ArrayList<Integer>(List.of(from));
      var state = new TreeMap<>(states.get(from));
      int merged = splits ? 0 : i % 25 == 0 ? 3 : i % 6 == 0 ? 1 : 0;
      for (String other : BRANCHES) {
        Integer tip = tips.get(other);
        if (merged > 0 && tip != null && !parents.contains(tip)) {
          merged--;
          parents.add(tip);
          states
              .get(tip)
              .forEach(
                  (path, lines) -> {
                    if (random.nextInt(3) == 0) {
                      state.put(path, lines);
                    }
                  });
        }
      }
      if (parents.size() == 1 && i % 31 == 0) {
        state.clear();
        state.putAll(states.get(random.nextInt(states.size()))); // a revert
      }
      if (splits) {
        split(state, pairs.get(split / 2), split % 2 == 0);
        split++;
      }
      for (int edits = random.nextInt(4); edits >= 0; edits--) {
        edit(state);
      }
      String message = "commit " + i;
      if (i % 40 == 0) {
        message += "\n\n" + kept.get(i / 40 - 1).line() + "\n";
      }
      states.add(state);
      commit(branch, parents, state, message);
    }
  }

  /// First two tokens and the half of one; then that half grows into a third token by the half of
  /// the other.
  private static void split(Map<String, List<String>> state, Planted.Pair pair, boolean begin) {
    String path = "src/big.conf";
    var lines = new ArrayList<>(state.getOrDefault(path, List.of("", "", "")));
    int middle = lines.size() / 2;
    if (begin || !lines.contains(pair.half())) {
      lines.add(middle, pair.one().line());
      lines.add(middle / 2, pair.two().line());
      lines.add(3, pair.half());
    } else {
      lines.set(lines.indexOf(pair.half()), pair.joined().line());
    }
    state.put(path, lines);
  }

  private void edit(Map<String, List<String>> state) {
    var paths = new ArrayList<>(state.keySet());
    if (paths.isEmpty()) {
      state.putAll(first());
      return;
    }
    String path = paths.get(random.nextInt(paths.size()));
    var lines = new ArrayList<>(state.get(path));
    int at = random.nextInt(lines.size());
    String ending = path.substring(path.indexOf('.'));
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> {
        Planted planted =
            waiting.isEmpty() || !gone.isEmpty() && random.nextInt(8) == 0
                ? gone.get(random.nextInt(gone.size()))
                : waiting.removeLast();
        gone.add(planted);
        lines.add(at, planted.line());
        state.put(path, lines);
      }
      case 4 -> {
        lines.removeIf(line -> gone.stream().anyMatch(planted -> planted.line().equals(line)));
        lines.add(filler());
        state.put(path, lines);
      }
      case 5 -> {
        if (!path.startsWith("src/")) {
          state.remove(path);
          state.put("moved/" + random.nextInt(5) + "/n" + ending, lines);
        }
      }
      case 6, 7 -> state.put("copies/" + random.nextInt(5) + ending, lines);
      case 8 -> {
        if (!path.startsWith("src/")) {
          state.remove(path);
        }
      }
      default -> {
        lines.set(at, filler());
        lines.add(random.nextInt(lines.size()), filler());
        state.put(path, lines);
      }
    }
  }

  private void commit(
      String branch, List<Integer> parents, Map<String, List<String>> state, String message) {
    int number = states.size() - 1;
    // Clocks go wrong now and then, and some commits are made in one second.
    long date = 1_600_000_000L + number * 30L / 60 * 60;
    date += random.nextInt(5) == 0 ? random.nextInt(8000) - 4000 : 0;
    write("commit refs/heads/" + branch + "\nmark :" + (number + 1) + "\n");
    write("author Bo <bo@example.org> " + date + " +0200\n");
    write("committer Cy <cy@example.org> " + date + " -0300\n");
    data(message.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < parents.size(); i++) {
      write((i == 0 ? "from :" : "merge :") + (parents.get(i) + 1) + "\n");
    }
    Map<String, List<String>> before =
        parents.isEmpty() ? Map.of() : states.get(parents.getFirst());
    for (String path : before.keySet()) {
      if (!state.containsKey(path)) {
        write("D " + path + "\n");
      }
    }
    state.forEach(
        (path, lines) -> {
          if (!lines.equals(before.get(path))) {
            write("M 100644 inline " + path + "\n");
            data(encoded(path, lines));
          }
        });
    write("\n");
    tips.put(branch, number);
  }

  private void write(String text) {
    stream.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void data(byte[] bytes) {
    write("data " + bytes.length + "\n");
    stream.writeBytes(bytes);
    write("\n");
  }

  /// What no import can make: reflogs, stashes, notes, tags, pushes by force.
  private void withRealGit(Path home, Path folder, GitRun git) throws IOException {
    Path file = folder.resolve("own.conf");
    Files.writeString(file, filler() + "\n");
    git.text("add", ".");
    git.later().text("commit", "-qm", "own");
    // Two stashes: the older has no name but its line in the reflog. The newer has a third parent.
    Files.writeString(file, kept.get(4).line() + "\n");
    git.later().text("stash", "push", "-q");
    Files.writeString(folder.resolve("new.conf"), kept.get(5).line() + "\n");
    git.later().text("stash", "push", "-q", "-u");
    // A branch that is deleted: only HEAD's reflog leads there.
    git.text("checkout", "-q", "-b", "doomed");
    Files.writeString(file, filler() + "\n" + kept.get(6).line() + "\n" + filler() + "\n");
    git.later().text("commit", "-qam", "doomed");
    git.text("checkout", "-q", "main");
    git.text("branch", "-qD", "doomed");
    // A branch that is pushed over by force.
    new GitRun(home).text("clone", "-q", folder.toString(), "pusher");
    var pusher = new GitRun(home.resolve("pusher"));
    Files.writeString(home.resolve("pusher/own.conf"), "\n\n" + kept.get(7).line() + "\n");
    pusher.later().later().later().text("commit", "-qam", "pushed by mistake");
    pusher.text("push", "-q", "origin", "HEAD:refs/heads/pushed");
    Files.writeString(home.resolve("pusher/own.conf"), filler() + "\n");
    pusher.later().text("commit", "-q", "--amend", "-am", "pushed");
    pusher.text("push", "-q", "--force", "origin", "HEAD:refs/heads/pushed");
    git.later().text("notes", "add", "-m", "as told:\n" + kept.get(8).line(), "main~3");
    git.later().text("tag", "-a", "-m", "release\n\n" + kept.get(9).line(), "v1", "main~5");
    git.text("tag", "-a", "-m", "again", "v1-again", "v1");
    git.text("replace", "main~2", "main~4");
    // A tree and a blob that only a ref names, and one that nothing does: that one is not to be
    // found.
    String entry = "100644 blob " + stored(git, kept.get(3).line()) + "\tin a tree.conf\n";
    String tree =
        new String(
                git.run(entry.getBytes(StandardCharsets.UTF_8), "mktree"), StandardCharsets.UTF_8)
            .strip();
    git.text("update-ref", "refs/misc/tree", tree);
    git.text("update-ref", "refs/misc/blob", stored(git, kept.get(10).line()));
    stored(git, kept.get(11).line());
  }

  private static String stored(GitRun git, String line) {
    byte[] text = ("\n" + line + "\n").getBytes(StandardCharsets.UTF_8);
    return new String(git.run(text, "hash-object", "-w", "--stdin"), StandardCharsets.UTF_8)
        .strip();
  }
}
