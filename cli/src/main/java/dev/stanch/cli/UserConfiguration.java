package dev.stanch.cli;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.http.HostPattern;
import dev.stanch.detectors.rule.YamlTree;
import dev.stanch.detectors.rule.YamlTree.Items;
import dev.stanch.detectors.rule.YamlTree.Mapping;
import dev.stanch.detectors.rule.YamlTree.Scalar;
import dev.stanch.revokers.plan.Canaries;
import dev.stanch.revokers.plan.Owners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What the user's own configuration says: who counts as us, where tokens may go besides, which
/// tokens are decoys. Nothing in a scanned place ever adds to it.
public record UserConfiguration(Owners owners, List<HostPattern> allowedHosts, Canaries canaries) {
  private static final Set<String> FIELDS = Set.of("owners", "allowed-hosts", "canaries");

  public UserConfiguration {
    requireNonNull(owners, "owners");
    allowedHosts = List.copyOf(allowedHosts);
    requireNonNull(canaries, "canaries");
  }

  /// Where it lies.
  static Path file(Environment environment) {
    return folder(environment).resolve("config.yml");
  }

  /// The folder of the user's own configuration.
  static Path folder(Environment environment) {
    return environment
        .variable("XDG_CONFIG_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(
            () ->
                Path.of(
                    environment.variable("HOME").orElse(System.getProperty("user.home")),
                    ".config"))
        .resolve("stanch");
  }

  /// Reads it; none is one that says nothing. All mistakes are named before the run ends.
  public static UserConfiguration read(Path file, Messages messages) throws UserFault {
    var problems = new ArrayList<String>();
    List<String> owners = List.of();
    List<String> canaries = List.of();
    var hosts = new ArrayList<HostPattern>();
    try {
      requireOwn(file);
      YamlTree tree = YamlTree.parse(ConfigurationText.of(file, file.toString()));
      if (tree instanceof Mapping mapping) {
        mapping.fields().forEach((name, value) -> known(name, value, problems));
        owners = texts(mapping, "owners", problems);
        canaries = texts(mapping, "canaries", problems);
        for (String host : texts(mapping, "allowed-hosts", problems)) {
          try {
            hosts.add(HostPattern.parse(host));
          } catch (IllegalArgumentException e) {
            problems.add("allowed-hosts: '" + host + "' is " + e.getMessage());
          }
        }
      } else {
        problems.add("line 1: a configuration is a mapping");
      }
    } catch (NoSuchFileException _) {
      return new UserConfiguration(Owners.NOBODY, List.of(), Canaries.NONE);
    } catch (IOException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    if (!problems.isEmpty()) {
      problems.forEach(problem -> messages.error(file + ": " + problem));
      throw UserFault.of(
          ExitCode.USAGE,
          file + " has mistakes",
          "correct the lines named above; docs/GUIDE.md lists what may stand there");
    }
    return new UserConfiguration(new Owners(owners), hosts, new Canaries(canaries));
  }

  private static void known(String name, YamlTree value, List<String> problems) {
    if (!FIELDS.contains(name)) {
      problems.add("line " + value.line() + ": '" + name + "' is unknown");
    }
  }

  /// Who may write it decides whose tokens are revoked.
  private static void requireOwn(Path file) throws IOException, UserFault {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (permissions.contains(PosixFilePermission.GROUP_WRITE)
          || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw UserFault.of(ExitCode.USAGE, file + " can be written by others", "chmod 600 " + file);
      }
    }
  }

  private static List<String> texts(Mapping mapping, String field, List<String> problems) {
    YamlTree value = mapping.fields().get(field);
    var texts = new ArrayList<String>();
    switch (value) {
      case null -> {}
      case Items items -> {
        for (YamlTree item : items.items()) {
          if (item instanceof Scalar scalar) {
            texts.add(scalar.text());
          } else {
            problems.add("line " + item.line() + ": '" + field + "' is a list of texts");
          }
        }
      }
      case Scalar scalar -> texts.add(scalar.text());
      case Mapping other ->
          problems.add("line " + other.line() + ": '" + field + "' is a list of texts");
    }
    return texts;
  }
}
