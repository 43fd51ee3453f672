package dev.stanch.detectors.source;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The scalars of a tree with the paths that lead to them: `spec.containers[web].env[HF_TOKEN]`. An
/// element of a list goes by its name where it has one, and by its number, from 0, elsewhere.
public final class Leaves {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

  /// Lists of the words of one command.
  private static final Set<String> COMMANDS = Set.of("command", "args", "entrypoint", "test");

  /// Values looked at of one tree: aliases may make a short text an endless tree.
  private static final int MOST = 1_000_000;

  private final Taker taker;
  private int looked;

  private Leaves(Taker taker) {
    this.taker = requireNonNull(taker, "taker");
  }

  /// Takes scalars.
  public interface Taker {
    /// A scalar, or the words of a command as a shell would be told them.
    ///
    /// @param name what the value is called; empty where it speaks for itself
    /// @param from the scalar, or the first of the words
    void leaf(String path, String name, String value, Tree.Scalar from)
        throws IOException, InterruptedException;
  }

  /// Hands over the scalars of a tree, in its order.
  ///
  /// @param path the one that leads to the tree itself; may be empty
  /// @throws IOException when the tree goes on beyond reason
  public static void of(String path, Tree tree, Taker taker)
      throws IOException, InterruptedException {
    new Leaves(taker).walk(path, "", tree);
  }

  /// The path of a field of what stands at `path`.
  public static String field(String path, String name) {
    if (!PLAIN.matcher(name).matches()) {
      return element(path, name);
    }
    return path.isEmpty() ? name : path + "." + name;
  }

  /// The path of an element of what stands at `path`.
  public static String element(String path, String name) {
    return path + "[" + name + "]";
  }

  private void walk(String path, String name, Tree tree) throws IOException, InterruptedException {
    if (++looked > MOST) {
      throw new IOException("holds more than " + MOST + " values");
    }
    switch (tree) {
      case Tree.Scalar scalar -> {
        String text = scalar.text();
        if (text != null && !text.isBlank()) {
          taker.leaf(path, name, text, scalar);
        }
      }
      case Tree.Mapping mapping -> {
        for (var field : mapping.fields().entrySet()) {
          walk(field(path, field.getKey()), field.getKey(), field.getValue());
        }
      }
      case Tree.Items list when COMMANDS.contains(name) && words(list.items()).isPresent() -> {
        List<String> words = words(list.items()).orElseThrow();
        if (!words.isEmpty() && list.items().getFirst() instanceof Tree.Scalar first) {
          taker.leaf(path, "", SettingsChunk.commandLine(words), first);
        }
      }
      case Tree.Items list -> {
        int number = 0;
        for (Tree item : list.items()) {
          element(path, name, number++, item);
        }
      }
    }
  }

  private void element(String path, String name, int number, Tree item)
      throws IOException, InterruptedException {
    Optional<String> own =
        item instanceof Tree.Mapping mapping ? mapping.text("name") : Optional.empty();
    String at = element(path, own.orElse(Integer.toString(number)));
    if (own.isPresent()
        && item instanceof Tree.Mapping mapping
        && mapping.fields().get("value") instanceof Tree.Scalar value) {
      walk(at, own.get(), value);
    } else {
      walk(at, name, item);
    }
  }

  /// The texts of a list that holds nothing else.
  private static Optional<List<String>> words(List<Tree> items) {
    var words = new ArrayList<String>();
    for (Tree item : items) {
      Optional<String> word = Tree.text(item);
      if (word.isEmpty()) {
        return Optional.empty();
      }
      words.add(word.get());
    }
    return Optional.of(words);
  }
}
