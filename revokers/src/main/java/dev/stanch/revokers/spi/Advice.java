package dev.stanch.revokers.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A replacement to create. Holds no token.
///
/// @param summary what to create, in one line
/// @param permissions what the code needs, as far as the token itself may do it
/// @param unclear what nobody can tell; not empty where no use of the token is seen
/// @param link a page where it can be created, filled in as far as the provider allows
/// @param expiry when it should end, or empty where the provider sets no end
/// @param policy the permissions in the provider's own notation, or empty where there is none
/// @param steps what a person has to do there
/// @param withoutToken what does the same without a token that is stored; null where nothing does
public record Advice(
    String summary,
    List<Permission> permissions,
    List<Unclear> unclear,
    String link,
    String expiry,
    String policy,
    List<String> steps,
    @Nullable WithoutToken withoutToken) {
  public Advice {
    requireNonNull(summary, "summary");
    permissions = List.copyOf(permissions);
    unclear = List.copyOf(unclear);
    requireNonNull(link, "link");
    requireNonNull(expiry, "expiry");
    requireNonNull(policy, "policy");
    steps = List.copyOf(steps);
  }

  /// The way without a stored token, if there is one.
  public Optional<WithoutToken> tokenless() {
    return Optional.ofNullable(withoutToken);
  }

  /// A right that the code needs.
  ///
  /// @param name as the provider spells it
  /// @param on the resource that it is limited to, as the provider spells it; empty where it is
  ///   not, or where nobody can tell
  /// @param evidence the uses that it rests on
  public record Permission(String name, String on, List<Use> evidence) {
    public Permission {
      requireNonNull(name, "name");
      requireNonNull(on, "on");
      evidence = List.copyOf(evidence);
    }

    /// Its name, and on what.
    public String text() {
      return on.isEmpty() ? name : name + " on " + on;
    }
  }

  /// Something that nobody can tell.
  ///
  /// @param evidence the uses that it is about; may be empty
  public record Unclear(String what, List<Use> evidence) {
    public Unclear {
      requireNonNull(what, "what");
      evidence = List.copyOf(evidence);
    }
  }

  /// A place in the code that uses the token.
  ///
  /// @param path from the tree's root
  /// @param line from 1
  /// @param call what is called there, by its name alone
  public record Use(String path, int line, String call) implements Comparable<Use> {
    public Use {
      requireNonNull(path, "path");
      requireNonNull(call, "call");
    }

    /// The same in a tree of which there are several.
    ///
    /// @param tree stands before the path
    public Use behind(String tree) {
      return new Use(tree + path, line, call);
    }

    /// Path, line and call.
    public String text() {
      return path + ":" + line + " " + call;
    }

    @Override
    public int compareTo(Use other) {
      int order = path.compareTo(other.path);
      if (order == 0) {
        order = Integer.compare(line, other.line);
      }
      return order != 0 ? order : call.compareTo(other.call);
    }
  }

  /// A way to do the same without a token that is stored.
  ///
  /// @param id its name for machines: `oidc`, `trusted-publisher`, `workload-identity`…
  /// @param snippet what to write where the token is used now
  public record WithoutToken(String id, String summary, String link, String snippet) {
    public WithoutToken {
      requireNonNull(id, "id");
      requireNonNull(summary, "summary");
      requireNonNull(link, "link");
      requireNonNull(snippet, "snippet");
    }
  }
}
