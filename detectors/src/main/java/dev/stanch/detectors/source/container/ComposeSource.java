package dev.stanch.detectors.source.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.Chunk;
import dev.stanch.detectors.source.Leaves;
import dev.stanch.detectors.source.SettingsChunk;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.SourceSink;
import dev.stanch.detectors.source.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A Compose project: every value that its containers are given, with the file and line where it is
/// written, the variables of `.env` and of env files, and the files of its secrets and configs.
/// What another file or a variable stands before is read too: it is written there all the same.
public final class ComposeSource implements Source {
  private static final String CONTAINER = "compose:";

  /// The names that Compose looks for, in its order, and what it lays over them.
  private static final List<String> USUAL =
      List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");

  private final List<Path> files;
  private final Map<String, String> variables;

  private ComposeSource(List<Path> files, Map<String, String> variables) {
    this.files = List.copyOf(files);
    this.variables = Map.copyOf(variables);
  }

  /// A source of one project.
  ///
  /// @param files later ones go over earlier ones; a folder stands for the files that Compose finds
  ///   there
  /// @param variables of whoever starts the project, which count before those of `.env`
  public static ComposeSource of(List<Path> files, Map<String, String> variables)
      throws SourceException {
    var all = new ArrayList<Path>();
    for (Path file : files) {
      if (Files.isDirectory(file)) {
        all.addAll(usual(file));
      } else if (Files.isRegularFile(file)) {
        all.add(file);
      } else {
        throw new SourceException("no such file: " + file, "name Compose files, or their folder");
      }
    }
    return new ComposeSource(
        all.stream().map(file -> file.toAbsolutePath().normalize()).toList(), variables);
  }

  private static List<Path> usual(Path folder) throws SourceException {
    for (String name : USUAL) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        int dot = name.lastIndexOf('.');
        for (String ending : List.of(".yaml", ".yml")) {
          Path over = folder.resolve(name.substring(0, dot) + ".override" + ending);
          if (Files.isRegularFile(over)) {
            return List.of(file, over);
          }
        }
        return List.of(file);
      }
    }
    throw new SourceException(
        "no Compose file in " + folder, "name the file, as docker compose -f does");
  }

  /// Whether places in this container are those of a Compose project.
  public static boolean isContainer(String container) {
    return container.startsWith(CONTAINER);
  }

  /// The source of places in a container of this kind; empty where its files are gone.
  public static Optional<ComposeSource> again(String container, Map<String, String> variables) {
    var files = new ArrayList<Path>();
    for (String uri : container.substring(CONTAINER.length()).split(",", -1)) {
      try {
        Path file = Path.of(URI.create(uri));
        if (!Files.isRegularFile(file)) {
          return Optional.empty();
        }
        files.add(file);
      } catch (IllegalArgumentException | FileSystemNotFoundException _) {
        return Optional.empty();
      }
    }
    return Optional.of(new ComposeSource(files, variables));
  }

  private String container() {
    return CONTAINER
        + String.join(
            ",", files.stream().map(file -> file.toUri().toString().replace(",", "%2C")).toList());
  }

  @Override
  public String label() {
    return String.join(", ", files.stream().map(Path::toString).toList());
  }

  @Override
  public void enumerate(SourceSink sink) throws InterruptedException {
    new Reading(sink, container(), ComposeProject.folder(files.getFirst()))
        .project(
            ComposeProject.of(
                files,
                variables,
                (file, reason) ->
                    sink.skip(new Skip(Skip.Kind.SKIPPED, container(), file.toString(), reason))));
  }

  /// One reading of a project, into a sink.
  private static final class Reading {
    /// Characters that all values come to: aliases may make a short file an endless project.
    private static final long MOST = 64L << 20;

    private final SourceSink sink;
    private final String container;
    private final Path folder;
    private long left = MOST;

    Reading(SourceSink sink, String container, Path folder) {
      this.sink = sink;
      this.container = container;
      this.folder = folder;
    }

    void project(ComposeProject project) throws InterruptedException {
      for (var file : project.environmentFiles().entrySet()) {
        var variables = settings();
        String name = name(file.getKey());
        add(variables, Leaves.element("", name), name, file.getValue());
        hand(variables);
      }
      Tree.Mapping services = project.merged().mapping("services");
      for (var service : services.fields().entrySet()) {
        var settings = settings();
        String path = Leaves.field("services", service.getKey());
        leaves(settings, project, path, service.getValue());
        if (service.getValue() instanceof Tree.Mapping mapping) {
          environment(settings, project, path, mapping);
        }
        hand(settings);
      }
      var rest = new LinkedHashMap<>(project.merged().fields());
      rest.remove("services");
      var settings = settings();
      leaves(settings, project, "", new Tree.Mapping(rest, "", 1));
      hand(settings);
      for (ComposeProject.Replaced one : project.replaced()) {
        replaced(project, one);
      }
      for (String kind : List.of("secrets", "configs")) {
        for (var one : project.merged().mapping(kind).fields().entrySet()) {
          if (one.getValue() instanceof Tree.Mapping mapping) {
            held(project, Leaves.field(kind, one.getKey()), mapping);
          }
        }
      }
      for (ComposeProject one : project.included()) {
        project(one);
      }
    }

    private SettingsChunk.Builder settings() {
      return new SettingsChunk.Builder(Provenance.Setting.Kind.COMPOSE, container, new TreeMap<>());
    }

    private void hand(SettingsChunk.Builder settings) throws InterruptedException {
      if (!settings.isEmpty()) {
        sink.chunk(settings.build());
      }
    }

    private void leaves(
        SettingsChunk.Builder settings, ComposeProject project, String path, Tree tree)
        throws InterruptedException {
      if (left < 0) {
        return;
      }
      try {
        Leaves.of(
            path,
            tree,
            (at, name, value, from) -> {
              spend(at.length() + value.length());
              var origin = project.origin(from);
              settings.add(at, name, value.getBytes(UTF_8), written(origin.file(), origin.line()));
              for (String one : project.defaults(from)) {
                settings.add(
                    at + " (default)",
                    name,
                    one.getBytes(UTF_8),
                    written(origin.file(), origin.line()));
              }
            });
      } catch (IOException e) {
        skip(path, String.valueOf(e.getMessage()));
      }
    }

    private void spend(int characters) throws IOException {
      left -= characters;
      if (left < 0) {
        throw new IOException("its values come to more than " + (MOST >> 20) + " MiB");
      }
    }

    private void replaced(ComposeProject project, ComposeProject.Replaced one)
        throws InterruptedException {
      if (left < 0) {
        return;
      }
      var settings = settings();
      try {
        Leaves.of(
            one.path(),
            one.tree(),
            (at, name, value, from) -> {
              spend(at.length() + value.length());
              var origin = project.origin(from);
              var details = written(origin.file(), origin.line());
              details.put("replaced", place(one.by().file(), one.by().line()));
              settings.add(at, name, value.getBytes(UTF_8), details);
            });
      } catch (IOException e) {
        skip(one.path(), String.valueOf(e.getMessage()));
      }
      hand(settings);
    }

    /// What a service takes from its surroundings and from files.
    private void environment(
        SettingsChunk.Builder settings, ComposeProject project, String path, Tree.Mapping service) {
      String environment = Leaves.field(path, "environment");
      service
          .mapping("environment")
          .fields()
          .forEach(
              (name, value) -> {
                if (value instanceof Tree.Scalar scalar && scalar.text() == null) {
                  var origin = project.origin(scalar);
                  project
                      .variable(name)
                      .filter(text -> !text.isBlank())
                      .ifPresent(
                          text ->
                              settings.add(
                                  Leaves.field(environment, name),
                                  name,
                                  text.getBytes(UTF_8),
                                  written(origin.file(), origin.line())));
                }
              });
      for (Tree one : service.items("env_file")) {
        Tree named = one instanceof Tree.Mapping mapping ? mapping.fields().get("path") : one;
        if (!(named instanceof Tree.Scalar scalar) || scalar.text() == null) {
          continue;
        }
        boolean required =
            !(one instanceof Tree.Mapping mapping)
                || !mapping.text("required").orElse("true").equals("false");
        try {
          Path file = project.origin(scalar).folder().resolve(scalar.text());
          if (required || Files.exists(file)) {
            add(
                settings,
                Leaves.element(Leaves.field(path, "env_file"), scalar.text()),
                name(file),
                project.environmentFile(file));
          }
        } catch (InvalidPathException _) {
          skip(path + " env_file", "no name of a file");
        } catch (IOException e) {
          skip(
              Leaves.element(Leaves.field(path, "env_file"), scalar.text()),
              ComposeProject.reason(e));
        }
      }
    }

    private void add(
        SettingsChunk.Builder settings, String path, String name, EnvironmentFile file) {
      for (var one : file.variables()) {
        if (!one.value().isBlank()) {
          var details = new TreeMap<String, String>();
          details.put("file", name + ":" + one.line());
          settings.add(
              Leaves.field(path, one.name()), one.name(), one.value().getBytes(UTF_8), details);
        }
      }
    }

    /// What a secret or a config holds.
    private void held(ComposeProject project, String path, Tree.Mapping mapping)
        throws InterruptedException {
      if (mapping.fields().get("environment") instanceof Tree.Scalar scalar) {
        var origin = project.origin(scalar);
        String variable = scalar.text() == null ? "" : scalar.text();
        String value = project.variable(variable).orElse("");
        if (!value.isBlank()) {
          hand(
              settings()
                  .add(
                      path,
                      variable,
                      value.getBytes(UTF_8),
                      written(origin.file(), origin.line())));
        }
      }
      if (mapping.fields().get("file") instanceof Tree.Scalar scalar && scalar.text() != null) {
        try {
          Path file = project.origin(scalar).folder().resolve(scalar.text());
          if (!Files.exists(file)) {
            skip(path, "no such file");
          } else if (!Files.isRegularFile(file)) {
            skip(path, "no file");
          } else {
            var details = new TreeMap<String, String>();
            details.put("file", name(file));
            sink.chunk(
                new Held(
                    file,
                    new Provenance.Setting(
                        Provenance.Setting.Kind.COMPOSE, container, path, details)));
          }
        } catch (InvalidPathException _) {
          skip(path, "no name of a file");
        }
      }
    }

    private SortedMap<String, String> written(Path file, int line) {
      var details = new TreeMap<String, String>();
      details.put("file", place(file, line));
      return details;
    }

    private String place(Path file, int line) {
      return name(file) + ":" + line;
    }

    private String name(Path file) {
      Path plain = file.toAbsolutePath().normalize();
      return (plain.startsWith(folder) ? folder.relativize(plain) : plain).toString();
    }

    private void skip(String path, String reason) {
      sink.skip(new Skip(Skip.Kind.SKIPPED, container, path, reason));
    }
  }

  /// The file of a secret or a config.
  private record Held(Path file, Provenance provenance) implements Chunk {
    Held {
      requireNonNull(file, "file");
    }

    @Override
    public long size() {
      return -1;
    }

    @Override
    public InputStream open() throws IOException {
      return ComposeProject.open(file);
    }
  }
}
