package dev.stanch.cli.report;

import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Places as people read them: a path that an editor opens, line and column.
final class PlaceText {
  private static final int SHORT_COMMIT = 10;

  private final Path folder;

  /// Paths are shown relative to `folder` where they lie below it.
  PlaceText(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  String of(Place place) {
    var location = place.location();
    if (place.provenance() instanceof Provenance.Setting && location.line() == 1) {
      return path(place.provenance()) + via(place); // a value's name says it all
    }
    return path(place.provenance()) + via(place) + ":" + location.line() + ":" + location.column();
  }

  private String path(Provenance provenance) {
    return provenance instanceof Provenance.Git git
        ? Printable.of(git.path()) // a hook's way: the switch is made anew in every process
        : otherPath(provenance);
  }

  private String otherPath(Provenance provenance) {
    return Printable.of(
        switch (provenance) {
          case Provenance.File file -> local(file.container(), file.path());
          case Provenance.Git git -> git.path();
          case Provenance.GitMessage message -> "message of " + shortCommit(message.object());
          case Provenance.GitConfig config -> config.path();
          case Provenance.Stream stream -> stream.container();
          case Provenance.Layer layer -> holder(layer) + ":" + layer.path();
          case Provenance.Setting setting -> holder(setting) + ":" + setting.path();
          case Provenance.Elsewhere elsewhere ->
              elsewhere.container() + (elsewhere.path().isEmpty() ? "" : ":" + elsewhere.path());
        });
  }

  private static String via(Place place) {
    return place.via().isEmpty() ? "" : Printable.of("!" + String.join("!", place.via()));
  }

  /// What a history knows about a place; empty elsewhere.
  String history(Provenance provenance) {
    return provenance instanceof Provenance.Git git && git.commit() == null
        ? "not committed"
        : committed(provenance);
  }

  private static String committed(Provenance provenance) {
    return switch (provenance) {
      case Provenance.Git git -> {
        String commit = git.commit();
        yield commit == null
            ? "not committed"
            : "since "
                + shortCommit(commit)
                + by(git.author(), git.date())
                + (git.inTips() ? "" : ", in history only");
      }
      case Provenance.GitMessage message ->
          "written"
              + by(message.author(), message.date())
              + (message.inTips() ? "" : ", in no branch");
      case Provenance.GitConfig _ -> "on this machine only";
      case Provenance.Layer layer ->
          "build step " + Printable.of(layer.step()) + (layer.inImage() ? "" : ", deleted later");
      case Provenance.Setting setting ->
          setting.details().entrySet().stream()
              .map(detail -> Printable.of(detail.getKey() + " " + detail.getValue()))
              .collect(Collectors.joining(", "));
      case Provenance.File _, Provenance.Stream _, Provenance.Elsewhere _ -> "";
    };
  }

  /// Who wrote what stands there, as far as a history tells.
  static java.util.Optional<String> author(Provenance provenance) {
    return java.util.Optional.ofNullable(
        switch (provenance) {
          case Provenance.Git git -> git.author();
          case Provenance.GitMessage message -> message.author();
          case Provenance.GitConfig _,
              Provenance.File _,
              Provenance.Stream _,
              Provenance.Layer _,
              Provenance.Setting _,
              Provenance.Elsewhere _ ->
              null;
        });
  }

  /// When it was written there, as far as a history tells.
  static java.time.@org.jspecify.annotations.Nullable Instant date(Provenance provenance) {
    return switch (provenance) {
      case Provenance.Git git -> git.date();
      case Provenance.GitMessage message -> message.date();
      case Provenance.GitConfig _,
          Provenance.File _,
          Provenance.Stream _,
          Provenance.Layer _,
          Provenance.Setting _,
          Provenance.Elsewhere _ ->
          null;
    };
  }

  /// What is known of a place beyond where it is: its history, and why it does not count.
  String note(Place place) {
    String history = history(place.provenance());
    var suppression = place.suppression();
    return suppression == null
        ? history
        : history
            + (history.isEmpty() ? "" : ", ")
            + "suppressed by "
            + Printable.of(suppression.text());
  }

  private static String by(
      @org.jspecify.annotations.Nullable String author,
      java.time.@org.jspecify.annotations.Nullable Instant date) {
    return (author == null ? "" : " by " + Printable.of(author))
        + (date == null ? "" : " on " + date.toString().substring(0, 10));
  }

  static String shortCommit(String commit) {
    return commit.length() > SHORT_COMMIT ? commit.substring(0, SHORT_COMMIT) : commit;
  }

  /// A skipped or excluded thing.
  String of(String container, String path) {
    return Printable.of(container.startsWith("file:") ? local(container, path) : path);
  }

  /// What holds a place that is not itself a file: by its path, where it is one, or several.
  private String holder(Provenance provenance) {
    String container = provenance.container();
    if (container.startsWith("file:")) {
      return local(container, "");
    }
    int files = container.indexOf(":file:");
    return files < 0
        ? container
        : Arrays.stream(container.substring(files + 1).split(",", -1))
            .map(file -> local(file, ""))
            .collect(Collectors.joining(","));
  }

  private String local(String container, String path) {
    try {
      Path root = Path.of(URI.create(container));
      Path name = root.getFileName();
      // A single file is its own container.
      Path full =
          name != null && name.toString().equals(path) && !container.endsWith("/")
              ? root
              : root.resolve(path);
      return full.startsWith(folder) ? folder.relativize(full).toString() : full.toString();
    } catch (IllegalArgumentException | FileSystemNotFoundException _) {
      return path;
    }
  }
}
