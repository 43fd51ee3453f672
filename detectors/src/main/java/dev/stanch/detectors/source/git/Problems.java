package dev.stanch.detectors.source.git;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The problems met so far: the first of each kind in full, all of them counted. Thread-safe.
///
/// A partial clone can lack a million objects; a report that names each of them would help nobody
/// and could exhaust the memory, hence the bound.
public final class Problems {
  private final int listedPerKind;
  private final Map<Problem.Kind, List<Problem>> listed = new EnumMap<>(Problem.Kind.class);
  private final Map<Problem.Kind, Long> counts = new EnumMap<>(Problem.Kind.class);

  /// @param listedPerKind how many problems of one kind are kept in full
  public Problems(int listedPerKind) {
    this.listedPerKind = listedPerKind;
  }

  /// Adds one problem.
  public void add(Problem.Kind kind, String subject, String detail) {
    add(kind, subject, detail, 1);
  }

  /// Adds a problem that stands for `count` objects.
  public synchronized void add(Problem.Kind kind, String subject, String detail, long count) {
    counts.merge(kind, count, Long::sum);
    List<Problem> list = listed.computeIfAbsent(kind, _ -> new ArrayList<>());
    if (list.size() < listedPerKind) {
      list.add(new Problem(kind, subject, detail));
    }
  }

  /// The problems kept in full, by kind and then in the order they were met.
  public synchronized List<Problem> listed() {
    return listed.values().stream().flatMap(List::stream).toList();
  }

  /// How many problems of a kind were met, kept in full or not.
  public synchronized long count(Problem.Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /// How many problems were met in all.
  public synchronized long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
