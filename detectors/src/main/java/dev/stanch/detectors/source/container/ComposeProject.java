package dev.stanch.detectors.source.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.source.Leaves;
import dev.stanch.detectors.source.Tree;
import dev.stanch.detectors.source.TreeReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A Compose project as its files come together: variables put in, `extends` and `include`
/// followed, later files over earlier ones. What a later file replaces still stands in the earlier
/// one, so it is kept beside.
///
/// The rules are those of <https://github.com/compose-spec/compose-spec> (interpolation, merge,
/// extends, include, fragments).
final class ComposeProject {
  private static final int LARGEST = 4 << 20;
  private static final int MOST_FILES = 200;

  /// Values that are laid over others, in all of a project.
  private static final int MOST_MERGED = 1_000_000;

  private static final String ENVIRONMENT = ".env";

  /// Fields of a service, or of a part of one, that may be written as a list of `NAME=value`.
  private static final Set<String> SETTINGS =
      Set.of("environment", "labels", "annotations", "args", "sysctls");

  /// Lists that a later file replaces: they are one command.
  private static final Set<String> COMMANDS = Set.of("command", "entrypoint", "test");

  private final Map<String, String> variables;
  private final Problems problems;
  private final Interpolation interpolation;
  private final Set<Path> opened;
  private final Path folder;
  private final IdentityHashMap<Tree.Scalar, Origin> origins;
  private final IdentityHashMap<Tree.Scalar, List<String>> defaults;
  private final List<Replaced> replaced = new ArrayList<>();
  private final Map<Path, EnvironmentFile> environmentFiles = new LinkedHashMap<>();
  private final Map<Path, Tree.Mapping> extendable = new HashMap<>();
  private final Map<String, String> known = new HashMap<>();
  private final List<ComposeProject> included = new ArrayList<>();
  private Tree merged = new Tree.Mapping(Map.of(), "", 1);
  private Path current;
  private int laidOver;

  /// Takes what was not read.
  interface Problems {
    /// A file, and why.
    void skipped(Path file, String reason);
  }

  /// Where something is written.
  ///
  /// @param folder the one that relative paths there begin at
  record Origin(Path file, Path folder, int line) {}

  /// What a later file replaces.
  record Replaced(String path, Tree tree, Origin by) {}

  private ComposeProject(
      Map<String, String> variables,
      Problems problems,
      Interpolation interpolation,
      Set<Path> opened,
      Path folder) {
    this.variables = variables;
    this.problems = problems;
    this.interpolation = interpolation;
    this.opened = opened;
    this.folder = folder;
    this.current = folder;
    this.origins = new IdentityHashMap<>();
    this.defaults = new IdentityHashMap<>();
  }

  /// Reads a project.
  ///
  /// @param files later ones go over earlier ones; the first one's folder is the project's
  /// @param variables of whoever starts the project
  static ComposeProject of(List<Path> files, Map<String, String> variables, Problems problems) {
    Path folder = folder(files.getFirst());
    var project =
        new ComposeProject(variables, problems, new Interpolation(), new HashSet<>(), folder);
    project.read(files, List.of(folder.resolve(ENVIRONMENT)));
    return project;
  }

  /// The folder that a file lies in.
  static Path folder(Path file) {
    return requireNonNull(file.toAbsolutePath().getParent(), "folder");
  }

  private void read(List<Path> files, List<Path> environments) {
    known.putAll(variables);
    for (Path file : environments) {
      variablesOf(file);
    }
    opened.add(files.getFirst().toAbsolutePath());
    for (Path file : files) {
      try {
        add(file.toAbsolutePath());
      } catch (IOException e) {
        problems.skipped(file, reason(e));
      }
    }
  }

  /// What the files come to.
  Tree.Mapping merged() {
    return merged instanceof Tree.Mapping mapping ? mapping : new Tree.Mapping(Map.of(), "", 1);
  }

  /// What later files replace.
  List<Replaced> replaced() {
    return List.copyOf(replaced);
  }

  /// The projects that files of this one include.
  List<ComposeProject> included() {
    return List.copyOf(included);
  }

  /// The files of variables that the project itself has, `.env` as a rule.
  Map<Path, EnvironmentFile> environmentFiles() {
    return environmentFiles;
  }

  /// Where a scalar is written.
  Origin origin(Tree.Scalar scalar) {
    Origin origin = origins.get(scalar);
    return origin == null ? new Origin(folder, folder, scalar.line()) : origin;
  }

  /// The defaults in a scalar that variables stand before.
  List<String> defaults(Tree.Scalar scalar) {
    return defaults.getOrDefault(scalar, List.of());
  }

  /// The value of a variable, as services get it that name it.
  Optional<String> variable(String name) {
    return Optional.ofNullable(known.get(name));
  }

  /// The variables of a file that `env_file` names.
  EnvironmentFile environmentFile(Path file) throws IOException {
    return EnvironmentFile.parse(text(file), this::variable, interpolation);
  }

  private void variablesOf(Path file) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      EnvironmentFile read = environmentFile(file);
      environmentFiles.put(file, read);
      for (var one : read.variables()) {
        if (!variables.containsKey(one.name())) {
          known.put(one.name(), one.value());
        }
      }
    } catch (IOException e) {
      problems.skipped(file, reason(e));
    }
  }

  private void add(Path file) throws IOException {
    current = file;
    for (Tree.Mapping document : documents(file, folder)) {
      include(document, file);
      var own = new LinkedHashMap<>(document.fields());
      own.remove("include");
      if (own.get("services") instanceof Tree.Mapping services) {
        own.put("services", extended(services, file));
      }
      merged = merge("", "", merged, new Tree.Mapping(own, "", document.line()));
    }
  }

  /// The mappings of a file, with its variables put in.
  private List<Tree.Mapping> documents(Path file, Path base) throws IOException {
    var documents = new ArrayList<Tree.Mapping>();
    try (InputStream in = open(file)) {
      for (Tree tree : TreeReader.documents(in, LARGEST)) {
        if (new Reading(file, base).of("", tree) instanceof Tree.Mapping mapping) {
          documents.add(mapping);
        }
      }
    }
    return documents;
  }

  /// Puts variables into one file's values, and brings its ways to write a thing to one.
  private final class Reading {
    private static final int MOST = 1_000_000;

    private final Path file;
    private final Path base;
    private final IdentityHashMap<Tree, Tree> done = new IdentityHashMap<>();
    private int looked;

    Reading(Path file, Path base) {
      this.file = file;
      this.base = base;
    }

    Tree of(String name, Tree tree) throws IOException {
      if (++looked > MOST) {
        throw new IOException("holds more than " + MOST + " values");
      }
      return switch (tree) {
        case Tree.Scalar scalar -> scalar(name, scalar);
        case Tree.Items list -> {
          if (SETTINGS.contains(name)) {
            yield settings(list);
          }
          var items = new ArrayList<Tree>();
          for (Tree item : list.items()) {
            items.add(of("", item));
          }
          yield new Tree.Items(items, list.tag(), list.line());
        }
        case Tree.Mapping mapping -> {
          Tree known = done.get(mapping);
          if (known != null) {
            yield known;
          }
          var fields = new LinkedHashMap<String, Tree>();
          for (var field : mapping.fields().entrySet()) {
            fields.put(field.getKey(), of(field.getKey(), field.getValue()));
          }
          var read = new Tree.Mapping(fields, mapping.tag(), mapping.line());
          done.put(mapping, read);
          yield read;
        }
      };
    }

    private Tree scalar(String name, Tree.Scalar scalar) throws IOException {
      Tree.Scalar read = text(scalar, scalar.text());
      return switch (name) {
        case "env_file" -> new Tree.Items(List.of(read), scalar.tag(), scalar.line());
        case "build" -> new Tree.Mapping(Map.of("context", read), scalar.tag(), scalar.line());
        default -> read;
      };
    }

    private Tree.Scalar text(Tree.Scalar scalar, @Nullable String text) throws IOException {
      var untaken = new ArrayList<String>();
      String value =
          text == null ? null : interpolation.of(text, ComposeProject.this::variable, untaken::add);
      var read = new Tree.Scalar(value, scalar.tag(), scalar.line());
      origins.put(read, new Origin(file, base, scalar.line()));
      if (!untaken.isEmpty()) {
        defaults.put(read, untaken);
      }
      return read;
    }

    /// A list of `NAME=value` as the mapping that it stands for.
    private Tree settings(Tree.Items list) throws IOException {
      var fields = new LinkedHashMap<String, Tree>();
      for (Tree item : list.items()) {
        if (!(item instanceof Tree.Scalar scalar) || scalar.text() == null) {
          continue;
        }
        String whole = scalar.text();
        int equals = whole.indexOf('=');
        String name = equals < 0 ? whole : whole.substring(0, equals);
        fields.put(name, text(scalar, equals < 0 ? null : whole.substring(equals + 1)));
      }
      return new Tree.Mapping(fields, list.tag(), list.line());
    }
  }

  private void include(Tree.Mapping document, Path file) throws IOException {
    Path here = folder(file);
    for (Tree one : document.items("include")) {
      List<Path> files = paths(here, one);
      List<Path> environments = List.of();
      Optional<Path> named = Optional.empty();
      if (one instanceof Tree.Mapping mapping) {
        files = paths(here, mapping.fields().get("path"));
        environments = paths(here, mapping.fields().get("env_file"));
        named = path(here, mapping.fields().get("project_directory"));
      }
      // Once is enough, and it may include itself.
      if (files.isEmpty() || !opened.add(files.getFirst())) {
        continue;
      }
      if (opened.size() > MOST_FILES) {
        throw new IOException("more than " + MOST_FILES + " files are included");
      }
      Path theirs = named.orElse(folder(files.getFirst()));
      var project = new ComposeProject(known, problems, interpolation, opened, theirs);
      project.read(
          files, environments.isEmpty() ? List.of(theirs.resolve(ENVIRONMENT)) : environments);
      included.add(project);
    }
  }

  private static List<Path> paths(Path folder, @Nullable Tree tree) {
    return tree instanceof Tree.Items list
        ? list.items().stream().flatMap(one -> path(folder, one).stream()).toList()
        : path(folder, tree).stream().toList();
  }

  private static Optional<Path> path(Path folder, @Nullable Tree tree) {
    try {
      return Tree.text(tree).map(text -> folder.resolve(text).normalize());
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  /// Services over those that they extend.
  private Tree extended(Tree.Mapping services, Path file) throws IOException {
    var all = new LinkedHashMap<String, Tree>();
    for (var service : services.fields().entrySet()) {
      var below = new HashSet<>(Set.of(file + " " + service.getKey()));
      String path = Leaves.field("services", service.getKey());
      all.put(service.getKey(), extended(path, service.getValue(), services, file, below));
    }
    return new Tree.Mapping(all, services.tag(), services.line());
  }

  private Tree extended(
      String path, Tree service, Tree.Mapping siblings, Path file, Set<String> below)
      throws IOException {
    if (!(service instanceof Tree.Mapping own) || !own.fields().containsKey("extends")) {
      return service;
    }
    Tree named = own.fields().get("extends");
    var fields = new LinkedHashMap<>(own.fields());
    fields.remove("extends");
    var rest = new Tree.Mapping(fields, own.tag(), own.line());
    Path other = file;
    Tree.Mapping among = siblings;
    Optional<String> name = Tree.text(named);
    if (named instanceof Tree.Mapping reference) {
      name = reference.text("service");
      Optional<Path> elsewhere = path(folder(file), reference.fields().get("file"));
      if (elsewhere.isPresent()) {
        other = elsewhere.get();
        try {
          among = extendable(other);
        } catch (IOException e) {
          problems.skipped(other, reason(e));
          return rest;
        }
      }
    }
    Tree base = name.map(among.fields()::get).orElse(null);
    if (base == null) {
      problems.skipped(other, "no such service to extend");
      return rest;
    }
    if (!below.add(other + " " + name.get())) {
      problems.skipped(file, "a service that extends itself");
      return rest;
    }
    return merge(path, "", extended(path, base, among, other, below), rest);
  }

  private Tree.Mapping extendable(Path file) throws IOException {
    Tree.Mapping known = extendable.get(file);
    if (known != null) {
      return known;
    }
    if (extendable.size() == MOST_FILES) {
      throw new IOException("more than " + MOST_FILES + " files are extended");
    }
    Tree services = new Tree.Mapping(Map.of(), "", 1);
    for (Tree.Mapping document : documents(file, folder(file))) {
      services = merge("services", "services", services, document.mapping("services"));
    }
    var read =
        services instanceof Tree.Mapping mapping ? mapping : new Tree.Mapping(Map.of(), "", 1);
    extendable.put(file, read);
    return read;
  }

  /// One value over another.
  private Tree merge(String path, String name, Tree base, Tree over) throws IOException {
    if (++laidOver > MOST_MERGED) {
      throw new IOException("more than " + MOST_MERGED + " values are laid over others");
    }
    if (over.tag().equals("override") || over.tag().equals("reset")) {
      replace(path, base, over);
      return over;
    }
    if (base instanceof Tree.Mapping below && over instanceof Tree.Mapping above) {
      var fields = new LinkedHashMap<>(below.fields());
      for (var field : above.fields().entrySet()) {
        String key = field.getKey();
        Tree old = fields.get(key);
        Tree value = field.getValue();
        Tree both = old == null ? value : merge(Leaves.field(path, key), key, old, value);
        if (value.tag().equals("reset")) {
          fields.remove(key);
        } else {
          fields.put(key, both);
        }
      }
      return new Tree.Mapping(fields, "", below.line());
    }
    if (base instanceof Tree.Items below
        && over instanceof Tree.Items above
        && !COMMANDS.contains(name)) {
      var items = new ArrayList<>(below.items());
      items.addAll(above.items());
      return new Tree.Items(items, "", below.line());
    }
    replace(path, base, over);
    return over;
  }

  private void replace(String path, Tree base, Tree over) {
    Tree.Scalar first = first(over);
    Origin by = first == null ? new Origin(current, folder, over.line()) : origin(first);
    replaced.add(new Replaced(path, base, by));
  }

  private static Tree.@Nullable Scalar first(Tree tree) {
    return switch (tree) {
      case Tree.Scalar scalar -> scalar;
      case Tree.Items list -> list.items().isEmpty() ? null : first(list.items().getFirst());
      case Tree.Mapping mapping ->
          mapping.fields().isEmpty() ? null : first(mapping.fields().values().iterator().next());
    };
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = open(file)) {
      byte[] text = in.readNBytes(LARGEST + 1);
      if (text.length > LARGEST) {
        throw new IOException("larger than " + (LARGEST >> 20) + " MiB");
      }
      return new String(text, UTF_8);
    }
  }

  /// A pipe or device would never end, nor would some files of the kernel, which have no size.
  static InputStream open(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("no file");
    }
    return Files.size(file) == 0 ? InputStream.nullInputStream() : Files.newInputStream(file);
  }

  /// Why something was not read.
  static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "unreadable: permission denied";
      default -> "unreadable: " + failure.getMessage();
    };
  }
}
