package dev.stanch.detectors.source;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.Fingerprint;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Fingerprints of findings, as the repository sees them in which each place lies: a file of a
/// checkout and the same path in its history give one fingerprint. Remembers the repositories it
/// met; not thread-safe.
public final class RepositoryFingerprints {
  private final Map<String, String> origins = new HashMap<>();
  private final Map<Path, Optional<Path>> checkouts = new HashMap<>();

  /// Has met no repository yet.
  public RepositoryFingerprints() {}

  /// The fingerprints of all places of `finding`, sorted, each once.
  public List<Fingerprint> of(Finding finding) {
    var fingerprints = new TreeSet<Fingerprint>();
    for (Place place : finding.places()) {
      fingerprints.add(of(finding, place));
    }
    return List.copyOf(fingerprints);
  }

  /// The path of `place` inside its repository, or inside what was scanned where there is none,
  /// with the way in; the same for a checkout, a clone and a history.
  public String path(Place place) {
    String way = place.via().isEmpty() ? "" : "!" + String.join("!", place.via());
    return home(place.provenance()).path() + way;
  }

  private Fingerprint of(Finding finding, Place place) {
    Home home = home(place.provenance());
    String way = place.via().isEmpty() ? "" : "!" + String.join("!", place.via());
    return Fingerprint.of(finding.rule(), home.repository(), home.path() + way, finding.token());
  }

  /// A repository's identity and a path inside it.
  private record Home(String repository, String path) {}

  private Home home(Provenance provenance) {
    // Apart from the others, since the JVM makes such a switch anew in every process, which a hook
    // feels.
    if (provenance instanceof Provenance.Git git) {
      return new Home(identity(git.container()), git.path());
    }
    return other(provenance);
  }

  private Home other(Provenance provenance) {
    return switch (provenance) {
      case Provenance.File file -> checkout(file);
      case Provenance.Git git -> new Home(identity(git.container()), git.path());
      case Provenance.GitMessage message -> new Home(identity(message.container()), "");
      case Provenance.GitConfig config -> new Home(identity(config.container()), config.path());
      case Provenance.Stream _ -> new Home("", "");
      case Provenance.Layer layer -> new Home("", layer.path());
      case Provenance.Setting setting -> new Home("", setting.kind() + ":" + setting.path());
      case Provenance.Elsewhere elsewhere -> new Home("", elsewhere.path());
    };
  }

  private Home checkout(Provenance.File file) {
    Path scanned;
    try {
      scanned = Path.of(URI.create(file.container()));
    } catch (IllegalArgumentException | FileSystemNotFoundException _) {
      return new Home("", file.path());
    }
    Path full = Files.isRegularFile(scanned) ? scanned : scanned.resolve(file.path());
    Optional<Path> folder = checkout(full.getParent());
    if (folder.isEmpty()) {
      return new Home("", file.path());
    }
    var names = new java.util.ArrayList<String>();
    folder.get().relativize(full).forEach(name -> names.add(name.toString()));
    return new Home(identity(folder.get().toUri().toString()), String.join("/", names));
  }

  private Optional<Path> checkout(@Nullable Path folder) {
    if (folder == null) {
      return Optional.empty();
    }
    Optional<Path> known = checkouts.get(folder);
    if (known == null) {
      known = isCheckout(folder) ? Optional.of(folder) : checkout(folder.getParent());
      checkouts.put(folder, known);
    }
    return known;
  }

  /// The checkout that `folder` is, or lies in.
  public static Optional<Path> checkoutAround(@Nullable Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (isCheckout(at)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private static boolean isCheckout(Path folder) {
    return Files.exists(folder.resolve(".git"));
  }

  private String identity(String container) {
    return origins.computeIfAbsent(container, RepositoryIdentity::of);
  }
}
