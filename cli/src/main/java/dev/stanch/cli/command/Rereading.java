package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.container.ComposeSource;
import dev.stanch.detectors.source.container.ImageSource;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Reads tokens again from the places where they were found. What is gone gives nothing, and keeps
/// nobody from the rest.
final class Rereading {
  private final Wiring wiring;
  private final SourceReader reader;

  /// The containers of which everything was read again, all names told.
  private final Set<String> whole = new TreeSet<>();

  Rereading(Wiring wiring, SourceReader reader) {
    this.wiring = wiring;
    this.reader = reader;
  }

  /// The containers all of whose secrets are listed by now: one that is not among them is gone.
  Set<String> whole() {
    return Collections.unmodifiableSet(whole);
  }

  /// Reads every place; one that is gone is a warning.
  ///
  /// @param wanted which of the tokens there
  void places(Collection<Place> places, Predicate<HeldFinding> wanted)
      throws UserFault, InterruptedException {
    var repositories = new TreeSet<Path>();
    var files = new LinkedHashSet<Path>();
    var settings = new TreeSet<String>();
    var remote = new TreeSet<String>();
    for (Place place : places) {
      if (place.provenance() instanceof Provenance.Git
          || place.provenance() instanceof Provenance.GitMessage) {
        remote.add(place.provenance().container());
      }
      switch (place.provenance()) {
        case Provenance.Git git -> repositories.addAll(PlaceFiles.of(git.container(), ""));
        case Provenance.GitMessage git -> repositories.addAll(PlaceFiles.of(git.container(), ""));
        case Provenance.GitConfig git -> repositories.addAll(PlaceFiles.of(git.container(), ""));
        case Provenance.File file -> files.addAll(PlaceFiles.of(file.container(), file.path()));
        case Provenance.Setting setting ->
            settings.add(ImageSource.readAgain(Hosted.readAgain(setting)));
        case Provenance.Layer layer -> settings.add(ImageSource.readAgain(layer.container()));
        case Provenance.Stream _, Provenance.Elsewhere _ -> {}
      }
    }
    for (Path repository : repositories) {
      attempt(() -> reader.history(repository, wanted));
    }
    attempt(
        () ->
            reader.scan(
                new SourceSequence(files.stream().map(SourceReader::file).toList()), wanted));
    try (var hosted = reader.hosted()) {
      for (String address : remote) {
        if (!address.startsWith("file:")) {
          attempt(() -> cloned(address, hosted, wanted));
        }
      }
      settings(settings, hosted, wanted);
    }
  }

  private void cloned(String address, Hosted hosted, Predicate<HeldFinding> wanted)
      throws UserFault, SourceException, InterruptedException {
    Optional<ScanResult> history = hosted.history(address);
    if (history.isPresent()) {
      reader.add(history.get(), wanted);
    }
  }

  private void settings(Collection<String> containers, Hosted hosted, Predicate<HeldFinding> wanted)
      throws UserFault, InterruptedException {
    for (String container : containers) {
      if (container.startsWith("process:")) {
        String process = container.substring(container.indexOf(':') + 1);
        attempt(() -> reader.scan(reader.process(process), wanted));
      } else if (ComposeSource.isContainer(container)) {
        var project = ComposeSource.again(container, wiring.console().environment().variables());
        if (project.isPresent()) {
          attempt(() -> reader.scan(project.get(), wanted));
        }
      } else if (Hosted.isContainer(container)) {
        attempt(
            () -> {
              ScanResult again = hosted.again(container);
              reader.add(again, wanted);
              if (again.state() == ScanResult.State.COMPLETE && Hosted.tellsAllNames(container)) {
                whole.add(container);
              }
            });
      } else {
        String source = container.startsWith("file:") ? "image:" + container : container;
        attempt(() -> reader.contained(source, wanted));
      }
    }
  }

  @FunctionalInterface
  private interface Reading {
    void read() throws UserFault, SourceException, InterruptedException;
  }

  /// Reads one thing of several: one that is gone keeps nobody from the others.
  private void attempt(Reading reading) throws UserFault, InterruptedException {
    try {
      reading.read();
    } catch (SourceException e) {
      wiring.messages().warning(String.valueOf(e.getMessage()));
    }
  }
}
