package dev.stanch.cli.command;

import dev.stanch.cli.Environment;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.container.ComposeSource;
import dev.stanch.detectors.source.container.ContainerEngine;
import dev.stanch.detectors.source.container.EngineSource;
import dev.stanch.detectors.source.container.ImageSource;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Scans containers and images.
@Command(
    name = "container",
    description =
        "Finds tokens in containers, in Compose projects and in images, in what later layers"
            + " deleted too.",
    footer = {
      "",
      "Without --image and --compose the container engine (Docker, or podman's socket) is asked for"
          + " the",
      "environment, command, labels and health check of its containers, running or not, and for",
      "the configuration and build history of their images. With --image every file of every layer",
      "is read, of an image of the engine, or of a file that `docker save` wrote, or an OCI"
          + " layout.",
      "DOCKER_HOST, DOCKER_CONTEXT and CONTAINER_HOST count as they do elsewhere.",
      "",
      "With --compose the files of a project are read as Compose reads them: variables put in",
      "(those of this process, then .env), extends and include followed, later files over earlier",
      "ones; env files and the files of secrets and configs as well. What another file replaces,",
      "and a default that a variable stands before, is written in a file all the same and found.",
      "",
      "Examples:",
      "  stanch scan container",
      "  stanch scan container web worker",
      "  stanch scan container --image registry.example.com/app:1.4",
      "  docker save app:1.4 -o app.tar && stanch scan container --image app.tar",
      "  stanch scan container --compose compose.yaml compose.prod.yaml",
      "  stanch scan container --compose .",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class ScanContainerCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Parameters(
      arity = "0..*",
      paramLabel = "CONTAINER",
      description = "Names or ids of containers; all when left out.")
  private List<String> containers = List.of();

  @Option(
      names = "--image",
      paramLabel = "NAME or FILE",
      description = "An image, layer by layer; may be repeated.")
  private List<String> images = List.of();

  @Option(
      names = "--compose",
      arity = "1..*",
      paramLabel = "FILE",
      description = "The files of a Compose project, later ones over earlier ones, or its folder.")
  private List<Path> compose = List.of();

  @Mixin private ScanOptions scan;
  @Mixin private ScanOnlyOptions only;
  @Mixin private ReportOptions report;

  ScanContainerCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    return new ScanRun(wiring, scan, only, report).run(this::scan);
  }

  private ScanResult scan(Detector detector, ScanProgress progress)
      throws UserFault, SourceException, InterruptedException {
    var environment = wiring.console().environment();
    var open = new ArrayList<ImageSource>();
    ContainerEngine engine = null;
    try {
      var sources = new ArrayList<Source>();
      if (images.isEmpty() && compose.isEmpty() || !containers.isEmpty()) {
        engine = ContainerEngine.of(environment.variables());
        sources.add(new EngineSource(engine, containers));
      }
      if (!compose.isEmpty()) {
        sources.add(
            ComposeSource.of(
                compose.stream().map(environment.folder()::resolve).toList(),
                environment.variables()));
      }
      for (String image : images) {
        progress.phase("image " + image);
        ImageSource source = image(image, environment);
        open.add(source);
        sources.add(source);
      }
      progress.phase("");
      return wiring.scanner(detector, scan.threads()).scan(new SourceSequence(sources), progress);
    } finally {
      open.forEach(ImageSource::close);
      close(engine);
    }
  }

  private static void close(@Nullable ContainerEngine engine) {
    if (engine != null) {
      engine.close();
    }
  }

  /// The project of the files in a list with commas, by their paths or addresses.
  static ComposeSource compose(String list, Environment environment) throws SourceException {
    var files = new ArrayList<Path>();
    for (String file : list.split(",", -1)) {
      try {
        files.add(
            file.startsWith("file:")
                ? Path.of(URI.create(file))
                : environment.folder().resolve(file));
      } catch (IllegalArgumentException | FileSystemNotFoundException e) {
        throw new SourceException("no name of a file in compose:", "write compose:FILE,FILE", e);
      }
    }
    return ComposeSource.of(files, environment.variables());
  }

  /// An image in a file, by its path or address, or else one of the engine.
  static ImageSource image(String nameOrFile, Environment environment) throws SourceException {
    try {
      Path file =
          nameOrFile.startsWith("file:")
              ? Path.of(URI.create(ImageSource.readAgain(nameOrFile)))
              : environment.folder().resolve(nameOrFile);
      if (nameOrFile.startsWith("file:") || Files.exists(file)) {
        return ImageSource.of(file);
      }
    } catch (IllegalArgumentException | FileSystemNotFoundException _) {
      // No path, so a name.
    }
    try (var engine = ContainerEngine.of(environment.variables())) {
      return engine.saved(nameOrFile);
    }
  }
}
