package dev.stanch.detectors.source.git;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a caller's words for commits mean: names of refs, whole ids, and `~n`, `^n` behind them.
public final class Revisions {
  private static final int LARGEST = 8 << 20;
  private static final int TAG_DEPTH = 100;
  private static final List<String> PREFIXES =
      List.of("", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/");

  private final Map<String, String> ids = new HashMap<>();
  private final ObjectLookup objects;
  private final int digits;

  /// The words that `refs` give a meaning to.
  public Revisions(List<Ref> refs, ObjectLookup objects, int idLength) {
    this.objects = objects;
    this.digits = 2 * idLength;
    // A noted name such as ORIG_HEAD may stand in several places; the first is the newest.
    refs.forEach(ref -> ids.putIfAbsent(ref.name(), ref.id()));
  }

  /// The id of the commit a word means, or nothing.
  public Optional<String> commit(String word) {
    int suffix = suffixStart(word);
    Optional<String> id =
        named(word.substring(0, suffix)).flatMap(named -> commitOf(named, new ArrayList<>()));
    for (int at = suffix; at < word.length() && id.isPresent(); ) {
      boolean first = word.charAt(at) == '~';
      int end = at + 1;
      while (end < word.length() && Character.isDigit(word.charAt(end))) {
        end++;
      }
      if (end - at > 9) {
        return Optional.empty();
      }
      int number = end == at + 1 ? 1 : Integer.parseInt(word.substring(at + 1, end));
      for (int i = first ? number : 1; i > 0 && id.isPresent(); i--) {
        int parent = first ? 1 : number;
        id = parent == 0 ? id : parent(id.get(), parent);
      }
      at = end;
    }
    return id;
  }

  /// The id of the commit that an object stands for, with the ids of the tags on the way to it.
  ///
  /// @param tags takes the ids of annotated tags
  public Optional<String> commitOf(String id, Collection<String> tags) {
    Optional<String> at = Optional.of(id);
    for (int depth = 0; depth < TAG_DEPTH && at.isPresent(); depth++) {
      Optional<GitObject> object = objects.read(at.get(), LARGEST);
      if (object.isEmpty() || object.get().type() == ObjectType.COMMIT) {
        return object.isEmpty() ? Optional.empty() : at;
      }
      if (object.get().type() != ObjectType.TAG) {
        return Optional.empty();
      }
      tags.add(at.get());
      at = headers(object.get().bytes(), "object").stream().findFirst();
    }
    return Optional.empty();
  }

  private static int suffixStart(String word) {
    int at = word.length();
    while (at > 0 && (Character.isDigit(word.charAt(at - 1)) || isMark(word.charAt(at - 1)))) {
      at--;
    }
    while (at < word.length() && !isMark(word.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isMark(char c) {
    return c == '~' || c == '^';
  }

  private Optional<String> named(String name) {
    if (name.equals("@")) {
      return Optional.ofNullable(ids.get("HEAD"));
    }
    String hex = name.toLowerCase(Locale.ROOT);
    if (hex.length() == digits && hex.matches("[0-9a-f]+")) {
      // As for git: a branch that somebody calls like an id is not what the id means.
      return Optional.of(hex).filter(objects::has);
    }
    for (String prefix : PREFIXES) {
      String id = ids.get(prefix + name);
      if (id != null) {
        return Optional.of(id);
      }
    }
    String remote = ids.get("refs/remotes/" + name + "/HEAD");
    if (remote != null) {
      return Optional.of(remote);
    }
    return hex.length() >= 4 && hex.length() < digits && hex.matches("[0-9a-f]+")
        ? objects.abbreviated(hex)
        : Optional.empty();
  }

  private Optional<String> parent(String id, int which) {
    List<String> parents =
        objects
            .read(id, LARGEST)
            .map(commit -> headers(commit.bytes(), "parent"))
            .orElse(List.of());
    return which <= parents.size() ? Optional.of(parents.get(which - 1)) : Optional.empty();
  }

  /// The values of a commit's or tag's header lines with a name.
  static List<String> headers(byte[] object, String name) {
    List<String> values = new ArrayList<>();
    for (int at = 0; at < object.length && object[at] != '\n'; ) {
      int end = at;
      while (end < object.length && object[end] != '\n') {
        end++;
      }
      String line = new String(object, at, end - at, StandardCharsets.UTF_8);
      if (line.startsWith(name + " ")) {
        values.add(line.substring(name.length() + 1));
      }
      at = end + 1;
    }
    return values;
  }
}
