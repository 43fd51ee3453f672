package dev.stanch.cli.command;

import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.spi.SinkAddress;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which places of a token a rotation writes.
final class Coverage {
  /// The kind of sink that a file in a working tree is.
  static final String FILE = "file";

  private static final String SPACE = "space-";
  private static final String CLUSTER = "k8s";

  private Coverage() {}

  /// The places that none of these sinks writes.
  static List<Step.Uncovered> uncovered(List<Place> places, Collection<SinkAddress> sinks) {
    // Found files are sinks too: to look at each for each place would take the square of them.
    Set<String> files =
        sinks.stream()
            .filter(sink -> sink.kind().equals(FILE))
            .map(SinkAddress::where)
            .collect(Collectors.toSet());
    List<SinkAddress> others = sinks.stream().filter(sink -> !sink.kind().equals(FILE)).toList();
    var uncovered = new ArrayList<Step.Uncovered>();
    for (Place place : places) {
      if (!covered(place, files, others)) {
        uncovered.add(new Step.Uncovered(place, isInUse(place.provenance())));
      }
    }
    return uncovered;
  }

  private static boolean covered(Place place, Set<String> files, List<SinkAddress> others) {
    return switch (place.provenance()) {
      case Provenance.File _, Provenance.Git _ ->
          file(place).filter(path -> files.contains(path.toString())).isPresent();
      case Provenance.Setting setting -> others.stream().anyMatch(sink -> covers(sink, setting));
      case Provenance.GitMessage _,
          Provenance.GitConfig _,
          Provenance.Stream _,
          Provenance.Layer _,
          Provenance.Elsewhere _ ->
          false;
    };
  }

  /// A variable of a Space; a key of a Secret, and what pods are given of it, since they are rolled
  /// out.
  private static boolean covers(SinkAddress sink, Provenance.Setting setting) {
    int sharp = sink.where().lastIndexOf('#');
    if (sharp < 0) {
      return false;
    }
    String holder = sink.where().substring(0, sharp);
    String key = sink.where().substring(sharp + 1);
    return switch (setting.of()) {
      case SPACE ->
          sink.kind().startsWith(SPACE)
              && setting.container().equals("space:" + holder)
              && setting.path().equals(key);
      case K8S -> {
        int secret = holder.indexOf("/Secret/");
        yield sink.kind().equals(CLUSTER)
            && secret > 0
            && (setting.container().equals("k8s:" + holder)
                    && setting.path().endsWith("data." + key)
                || setting.container().startsWith("k8s:" + holder.substring(0, secret) + "/")
                    && setting
                        .path()
                        .endsWith(" from " + holder.substring(secret + 1) + " " + key));
      }
      case PROCESS, CONTAINER, IMAGE_CONFIG, COMPOSE, JOB, GITHUB -> false;
    };
  }

  /// Whether something may read a token there.
  private static boolean isInUse(Provenance place) {
    return switch (place) {
      case Provenance.Git git -> git.inTips();
      case Provenance.File _, Provenance.GitConfig _ -> true;
      case Provenance.Layer layer -> layer.inImage();
      case Provenance.Setting setting ->
          switch (setting.of()) {
            case PROCESS, CONTAINER, IMAGE_CONFIG, COMPOSE, K8S -> true;
            // Variables are; descriptions and logs are not.
            case SPACE -> setting.path().chars().allMatch(Coverage::isNamePart);
            case JOB, GITHUB -> false;
          };
      case Provenance.GitMessage _, Provenance.Stream _, Provenance.Elsewhere _ -> false;
    };
  }

  private static boolean isNamePart(int c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  /// The file of this machine in which a token stands as it is.
  static Optional<Path> file(Place place) {
    if (!place.via().isEmpty()) {
      return Optional.empty();
    }
    return switch (place.provenance()) {
      case Provenance.File of -> path(of.container(), of.path());
      case Provenance.Git of -> path(of.container(), of.path());
      case Provenance.GitMessage _,
          Provenance.GitConfig _,
          Provenance.Stream _,
          Provenance.Layer _,
          Provenance.Setting _,
          Provenance.Elsewhere _ ->
          Optional.empty();
    };
  }

  /// The file of a path in a folder or a repository of this machine.
  static Optional<Path> path(String container, String path) {
    try {
      Path root = Path.of(URI.create(container));
      Path file = path.isEmpty() || Files.isRegularFile(root) ? root : root.resolve(path);
      return Files.isRegularFile(file)
          ? Optional.of(file.toAbsolutePath().normalize())
          : Optional.empty();
    } catch (IllegalArgumentException | FileSystemNotFoundException _) {
      return Optional.empty();
    }
  }
}
