package dev.stanch.cli.command;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files and folders that places mean, as far as they are there.
final class PlaceFiles {
  /// What stands in a name in place of a token's text.
  private static final String REDACTED = "…";

  private PlaceFiles() {}

  /// The files that a place may mean. Where a token was taken out of its name, those are all whose
  /// names fit: which of them it is, the token's id says.
  static List<Path> of(String container, String path) {
    try {
      URI address = URI.create(container);
      Path root = container.contains(REDACTED) ? Path.of(address.getPath()) : Path.of(address);
      return fitting(root).stream()
          .map(found -> path.isEmpty() || Files.isRegularFile(found) ? found : found.resolve(path))
          .flatMap(found -> fitting(found).stream())
          .toList();
    } catch (IllegalArgumentException | FileSystemNotFoundException _) {
      return List.of();
    }
  }

  private static List<Path> fitting(Path path) {
    List<Path> found = List.of(path);
    if (path.toString().contains(REDACTED)) {
      found = List.of(requireNonNullElse(path.getRoot(), Path.of("")));
      for (Path step : path) {
        found = found.stream().flatMap(folder -> fitting(folder, step).stream()).toList();
      }
    }
    return found.stream().filter(Files::exists).toList();
  }

  private static List<Path> fitting(Path folder, Path name) {
    int hidden = name.toString().indexOf(REDACTED);
    if (hidden < 0) {
      return List.of(folder.resolve(name));
    }
    var pattern =
        Stream.of(name.toString().split(REDACTED, -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".+"));
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> String.valueOf(each.getFileName()).matches(pattern))
          .sorted()
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }
}
