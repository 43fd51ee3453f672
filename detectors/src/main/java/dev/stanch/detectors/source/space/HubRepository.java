package dev.stanch.detectors.source.space;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/// A repository of the Hub.
///
/// @param id owner and name
/// @param sdk what a Space is made with; empty for other kinds
/// @param duplicatedFrom the Space that it was copied from with its whole history; empty where the
///   Hub names none
public record HubRepository(Kind kind, String id, String sdk, String duplicatedFrom) {
  /// What is kept there.
  public enum Kind {
    /// An app.
    SPACE("spaces/"),
    /// A model.
    MODEL(""),
    /// A dataset.
    DATASET("datasets/");

    private final String folder;

    Kind(String folder) {
      this.folder = folder;
    }

    /// The Hub's name for many of them.
    String plural() {
      return name().toLowerCase(Locale.ROOT) + "s";
    }
  }

  public HubRepository {
    requireNonNull(kind, "kind");
    requireNonNull(id, "id");
    requireNonNull(sdk, "sdk");
    requireNonNull(duplicatedFrom, "duplicatedFrom");
  }

  /// The path of its git address.
  String path() {
    return kind.folder + id;
  }

  /// How reports name it, and what it is read from again.
  String container() {
    return kind.name().toLowerCase(Locale.ROOT) + ":" + id;
  }

  /// Whether what it is set up with is handed to every browser that opens it.
  boolean isStatic() {
    return sdk.equals("static");
  }
}
