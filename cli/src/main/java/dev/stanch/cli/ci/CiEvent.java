package dev.stanch.cli.ci;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// What a CI job runs for, as its service tells it.
public sealed interface CiEvent {
  /// What it was, in the service's words.
  String name();

  /// Some commits are new.
  ///
  /// @param head what brings them
  /// @param since what was there before: the first of these that can be had; none means that there
  ///   was nothing
  /// @param base where the settings stand that were agreed on, the first that can be had
  /// @param author whose change it is
  record Change(String name, Point head, List<Point> since, List<Point> base, Author author)
      implements CiEvent {
    public Change {
      requireNonNull(name, "name");
      requireNonNull(head, "head");
      requireNonNull(author, "author");
      since = List.copyOf(since);
      base = List.copyOf(base);
    }
  }

  /// Nothing is new, and everything is to be looked at.
  ///
  /// @param base where the settings stand that were agreed on, the first that can be had
  record Everything(String name, List<Point> base) implements CiEvent {
    public Everything {
      requireNonNull(name, "name");
      base = List.copyOf(base);
    }
  }

  /// A ref has gone, which brings nothing.
  record Nothing(String name) implements CiEvent {
    public Nothing {
      requireNonNull(name, "name");
    }
  }

  /// Whose a change is.
  enum Author {
    /// Somebody's who may write to the repository.
    OURS,
    /// Somebody's who may not: it comes from a fork.
    FORK
  }

  /// A commit, as an event names it.
  sealed interface Point {
    /// By the id of it, or of an annotated tag on it.
    record Id(String id) implements Point {
      public Id {
        if (!id.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
          throw new IllegalArgumentException("no id of a commit");
        }
      }
    }

    /// By the branch whose newest it is.
    record Branch(String name) implements Point {
      public Branch {
        requireNonNull(name, "name");
      }
    }
  }
}
