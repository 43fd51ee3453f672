package dev.stanch.revokers.run;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the configuration files of providers' own tools hold, by the variable that stands for it.
/// Files are read, nothing is run.
final class ConfigurationFiles {
  static final Map<String, String> AWS =
      Map.of(
          "AWS_ACCESS_KEY_ID", "aws_access_key_id",
          "AWS_SECRET_ACCESS_KEY", "aws_secret_access_key",
          "AWS_SESSION_TOKEN", "aws_session_token");

  /// The profile that is outside of all.
  private static final String DEFAULT = "default";

  private final Map<String, String> environment;
  private final List<Login> logins = Login.all();
  private final LoginFile reader;

  ConfigurationFiles(Map<String, String> environment, InstantSource clock) {
    this.environment = Map.copyOf(environment);
    this.reader = new LoginFile(clock);
  }

  /// Whether a variable holds the name of a file in place of a credential.
  boolean names(String variable) {
    return logins.stream().anyMatch(login -> login.files().contains("$" + variable));
  }

  /// The text of the file that such a variable names; where it is not set, of the one that its tool
  /// uses otherwise. A name that leads nowhere gives nothing: another file is another identity.
  Optional<String> named(String variable) {
    String itself = "$" + variable;
    return logins.stream()
        .map(Login::files)
        .filter(names -> names.contains(itself))
        .flatMap(List::stream)
        .filter(name -> set(variable).isEmpty() || name.equals(itself))
        .map(this::resolve)
        .flatMap(Optional::stream)
        .filter(Files::isRegularFile)
        .findFirst()
        .flatMap(ConfigurationFiles::text);
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException _) { // not ours to read
      return Optional.empty();
    }
  }

  /// What stands in place of an unset variable; nothing where a file offers a choice.
  Optional<String> find(String variable) {
    for (Login login : logins) {
      if (login.variables().containsKey(variable)
          && set(login.unless()).isEmpty()
          && !begun(login.variables().keySet())) {
        JsonNode tree = read(login);
        List<String> values = values(login, tree, variable);
        if (values.stream().distinct().count() == 1 && isFor(tree, login.onlyAt())) {
          return Optional.of(values.getFirst());
        }
      }
    }
    String name = AWS.get(variable);
    return name == null || begun(AWS.keySet()) ? Optional.empty() : aws(name);
  }

  /// What stands for a variable: in the profile that is chosen, where there are profiles.
  private List<String> values(Login login, JsonNode tree, String variable) {
    List<String> outside = at(tree, requireNonNull(login.variables().get(variable), variable));
    Login.Profile profile = login.profile();
    if (profile == null) {
      return outside;
    }
    String name =
        set(profile.variable())
            .or(() -> at(tree, profile.path()).stream().findFirst())
            .orElse(DEFAULT);
    if (name.equals(DEFAULT)) {
      return outside;
    }
    boolean lacking =
        profile.variables().keySet().stream()
            .allMatch(each -> at(tree, profile.path(each, name)).isEmpty());
    return lacking && profile.lacking() == Login.Lacking.OUTSIDE
        ? outside
        : at(tree, profile.path(variable, name));
  }

  /// A key of the environment is never completed from a file: it would be two halves of two keys.
  private boolean begun(Set<String> variables) {
    return variables.stream().anyMatch(each -> set(each).isPresent());
  }

  /// Every variable that a login stands for.
  Set<String> variables() {
    var variables = new TreeSet<>(AWS.keySet());
    logins.forEach(login -> variables.addAll(login.variables().keySet()));
    return variables;
  }

  /// Everything that the tools of this machine log in with.
  Set<String> all() {
    var all = new TreeSet<String>();
    for (Login login : logins) {
      JsonNode tree = read(login);
      login.variables().values().forEach(path -> all.addAll(at(tree, path)));
      login.inUse().forEach(path -> all.addAll(at(tree, path)));
    }
    for (String usual : List.of(".aws/credentials", ".aws/config")) {
      String variable =
          usual.endsWith("config") ? "AWS_CONFIG_FILE" : "AWS_SHARED_CREDENTIALS_FILE";
      file(variable, usual)
          .map(path -> reader.read(List.of(path), LoginFile.Format.INI, ""))
          .ifPresent(
              tree -> AWS.values().forEach(name -> all.addAll(at(tree, List.of("*", name)))));
    }
    return all;
  }

  private static List<String> at(JsonNode tree, List<String> path) {
    var found = new ArrayList<String>();
    LoginFile.collect(tree, path.iterator(), found);
    return found;
  }

  /// A token of one server is not shown to another.
  private boolean isFor(JsonNode tree, Login.@Nullable OnlyAt onlyAt) {
    return onlyAt == null
        || set(onlyAt.variable())
            .filter(told -> at(tree, onlyAt.path()).stream().anyMatch(server -> same(server, told)))
            .isPresent();
  }

  private static boolean same(String one, String other) {
    return one.replaceFirst("/+$", "").equalsIgnoreCase(other.strip().replaceFirst("/+$", ""));
  }

  /// The first of a login's files that exists.
  private JsonNode read(Login login) {
    for (String name : login.files()) {
      List<Path> files = resolved(name, login.format());
      List<Path> there = files.stream().filter(Files::isRegularFile).toList();
      if (!there.isEmpty()) {
        return reader.read(there, login.format(), login.table());
      }
      if (!files.isEmpty() && login.format() == LoginFile.Format.KUBECONFIG) {
        break; // its tool takes no other file than those that are named
      }
    }
    return MissingNode.getInstance();
  }

  /// The files that a name leads to: one, or several where its tool takes a list of them.
  private List<Path> resolved(String name, LoginFile.Format format) {
    if (format != LoginFile.Format.KUBECONFIG || !name.startsWith("$")) {
      return resolve(name).stream().toList();
    }
    String list = set(name.substring(1)).orElse("");
    return Stream.of(list.split(Pattern.quote(File.pathSeparator), -1))
        .map(ConfigurationFiles::path)
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Path> resolve(String name) {
    if (name.startsWith("~/")) {
      return home(name.substring(2));
    }
    int slash = name.indexOf('/');
    String variable = name.substring(1, slash < 0 ? name.length() : slash);
    return set(variable)
        .flatMap(ConfigurationFiles::path)
        .map(path -> slash < 0 ? path : path.resolve(name.substring(slash + 1)));
  }

  private static Optional<Path> path(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (java.nio.file.InvalidPathException _) {
      return Optional.empty();
    }
  }

  private Optional<String> aws(String name) {
    String profile = set("AWS_PROFILE").or(() -> set("AWS_DEFAULT_PROFILE")).orElse("default");
    Optional<Path> credentials = file("AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials");
    Optional<Path> config = file("AWS_CONFIG_FILE", ".aws/config");
    String section = profile.equals("default") ? profile : "profile " + profile;
    // One file for the whole key, for the same reason.
    if (credentials.flatMap(file -> value(file, profile, "aws_access_key_id")).isPresent()) {
      return credentials.flatMap(file -> value(file, profile, name));
    }
    return config.flatMap(file -> value(file, section, name));
  }

  private Optional<String> value(Path file, String section, String name) {
    return at(reader.read(List.of(file), LoginFile.Format.INI, ""), List.of(section, name)).stream()
        .findFirst();
  }

  private Optional<String> set(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
  }

  private Optional<Path> file(String variable, String usual) {
    return set(variable).flatMap(ConfigurationFiles::path).or(() -> home(usual));
  }

  private Optional<Path> home(String name) {
    return set("HOME").map(home -> Path.of(home).resolve(name));
  }
}
