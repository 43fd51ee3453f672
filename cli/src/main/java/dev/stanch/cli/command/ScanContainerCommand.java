package dev.stanch.cli.command;

import dev.stanch.cli.Environment;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceException;
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
    description = "Finds tokens in containers and in images, in what later layers deleted too.",
    footer = {
      "",
      "Without --image the container engine (Docker, or podman's socket) is asked for the",
      "environment, command, labels and health check of its containers, running or not, and for",
      "the configuration and build history of their images. With --image every file of every layer",
      "is read, of an image of the engine, or of a file that `docker save` wrote, or an OCI"
          + " layout.",
      "DOCKER_HOST, DOCKER_CONTEXT and CONTAINER_HOST count as they do elsewhere.",
      "",
      "Examples:",
      "  stanch scan container",
      "  stanch scan container web worker",
      "  stanch scan container --image registry.example.com/app:1.4",
      "  docker save app:1.4 -o app.tar && stanch scan container --image app.tar",
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
      if (images.isEmpty() || !containers.isEmpty()) {
        engine = ContainerEngine.of(environment.variables());
        sources.add(new EngineSource(engine, containers));
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

  /// An image in a file, by its path or address, or else one of the engine.
  static ImageSource image(String nameOrFile, Environment environment) throws SourceException {
    try {
      Path file =
          nameOrFile.startsWith("file:")
              ? Path.of(URI.create(nameOrFile))
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
