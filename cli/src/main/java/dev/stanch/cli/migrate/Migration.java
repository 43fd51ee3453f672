package dev.stanch.cli.migrate;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/// What a move from another scanner changes in a folder, and what it cannot carry over. Nothing is
/// written before it is asked for.
public final class Migration {
  private final Path folder;
  private final Map<String, String> before = new TreeMap<>();
  private final Map<String, Optional<String>> after = new TreeMap<>();
  private final List<String> changed = new ArrayList<>();
  private final List<String> left = new ArrayList<>();

  /// One that changes nothing yet.
  public Migration(Path folder) {
    this.folder = requireNonNull(folder, "folder");
  }

  /// The folder that is moved.
  public Path folder() {
    return folder;
  }

  /// The text of a file as the migration leaves it so far.
  public Optional<String> text(String name) throws IOException {
    if (after.containsKey(name)) {
      return after.get(name);
    }
    Path file = folder.resolve(name);
    return Files.isRegularFile(file)
        ? Optional.of(Files.readString(file, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /// Gives a file a new text.
  public void write(String name, String text) throws IOException {
    remember(name);
    after.put(name, Optional.of(text));
  }

  /// Takes a file away.
  public void delete(String name) throws IOException {
    remember(name);
    after.put(name, Optional.empty());
  }

  /// Whether a file is taken away.
  boolean deletes(String name) {
    return after.containsKey(name) && after.get(name).isEmpty();
  }

  private void remember(String name) throws IOException {
    if (!before.containsKey(name)) {
      before.put(name, text(name).orElse(""));
    }
  }

  /// Tells something that changed.
  public void changed(String what) {
    changed.add(what);
  }

  /// Tells something that could not be carried over.
  public void left(String what) {
    left.add(what);
  }

  /// What changed, in words.
  public List<String> changes() {
    return List.copyOf(changed);
  }

  /// What could not be carried over, in words.
  public List<String> leftovers() {
    return List.copyOf(left);
  }

  /// Whether there was nothing to move.
  public boolean empty() {
    return after.isEmpty() && changed.isEmpty() && left.isEmpty();
  }

  /// The changes as a unified diff.
  public String diff() throws IOException {
    var out = new ByteArrayOutputStream();
    for (var entry : after.entrySet()) {
      String name = entry.getKey();
      String old = before.getOrDefault(name, "");
      String now = entry.getValue().orElse("");
      if (old.equals(now)) {
        continue;
      }
      header(out, old.isEmpty() ? "/dev/null" : "a/" + name, "--- ");
      header(out, entry.getValue().isEmpty() ? "/dev/null" : "b/" + name, "+++ ");
      var one = new RawText(old.getBytes(StandardCharsets.UTF_8));
      var other = new RawText(now.getBytes(StandardCharsets.UTF_8));
      try (var formatter = new DiffFormatter(out)) {
        formatter.format(
            new HistogramDiff().diff(RawTextComparator.DEFAULT, one, other), one, other);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void header(ByteArrayOutputStream out, String name, String sign) {
    out.writeBytes((sign + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /// Does what the diff shows.
  public void apply() throws IOException {
    for (var entry : after.entrySet()) {
      Path file = folder.resolve(entry.getKey());
      if (entry.getValue().isPresent()) {
        Files.writeString(file, entry.getValue().get(), StandardCharsets.UTF_8);
      } else {
        Files.deleteIfExists(file);
      }
    }
  }
}
