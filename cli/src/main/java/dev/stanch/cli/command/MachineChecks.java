package dev.stanch.cli.command;

import dev.stanch.cli.Environment;
import dev.stanch.cli.report.DoctorReport.Check;
import dev.stanch.cli.report.DoctorReport.State;
import dev.stanch.detectors.rule.YamlTree;
import dev.stanch.detectors.rule.YamlTree.Mapping;
import dev.stanch.detectors.rule.YamlTree.Scalar;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.container.ContainerEngine;
import dev.stanch.revokers.journal.PrivateFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Looks at what this machine has: run time, git, container engine, kubeconfig.
final class MachineChecks {
  /// What the launcher starts with, by the kind of command; it has made them all or none.
  private static final List<String> CACHES =
      List.of("hook.aot", "configured.aot", "git.aot", "dir.aot", "act.aot", "short.aot");

  /// Where a pod finds what it may ask its cluster with.
  private static final Path IN_CLUSTER =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

  /// Older ones hand a pre-receive hook no quarantine: https://git-scm.com/docs/git-receive-pack
  private static final List<Integer> OLDEST_GIT = List.of(2, 11);

  private static final Pattern GIT_VERSION = Pattern.compile("git version ((\\d+)\\.(\\d+)\\S*).*");

  private final Environment environment;

  MachineChecks(Environment environment) {
    this.environment = environment;
  }

  Check runTime() {
    return new Check(
        "run time",
        State.OK,
        "Java "
            + Runtime.version()
            + " of "
            + System.getProperty("java.vendor")
            + " in "
            + System.getProperty("java.home"),
        "");
  }

  /// What makes it start at once. The launcher tells where its tables lie; the caches are beside.
  Check startUpCaches() {
    String name = "start-up caches";
    String tables = System.getProperty("stanch.tables");
    if (tables == null) {
      return new Check(
          name,
          State.ABSENT,
          "not started by its launcher, so that each start takes longer",
          "start it as 'stanch' of the archive, or as './stanch' of a checkout");
    }
    Path folder = Path.of(tables).toAbsolutePath().resolveSibling("");
    List<String> missing =
        CACHES.stream().filter(cache -> !Files.isRegularFile(folder.resolve(cache))).toList();
    return missing.isEmpty()
        ? new Check(name, State.OK, CACHES.size() + " in " + folder, "")
        : new Check(
            name,
            State.WRONG,
            String.join(", ", missing) + " missing in " + folder + ": each start takes longer",
            "remove that folder where it is below target/app of a checkout, or unpack the archive"
                + " again; the next start makes what is missing");
  }

  Check git() throws InterruptedException {
    String name = "git";
    try {
      Process process =
          new ProcessBuilder("git", "--version")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      process.waitFor();
      Matcher version = GIT_VERSION.matcher(said);
      if (!version.matches()) {
        return new Check(name, State.WRONG, "says no version", "install git anew");
      }
      boolean old =
          Integer.parseInt(version.group(2)) < OLDEST_GIT.get(0)
              || Integer.parseInt(version.group(2)) == OLDEST_GIT.get(0)
                  && Integer.parseInt(version.group(3)) < OLDEST_GIT.get(1);
      return old
          ? new Check(
              name, State.WRONG, version.group(1) + " is too old for hooks", "install git 2.11")
          : new Check(name, State.OK, version.group(1), "");
    } catch (IOException _) {
      return new Check(
          name,
          State.ABSENT,
          "not on the PATH: 'hook' and 'scan ci' need it, scans do not",
          "install git");
    }
  }

  Check containerEngine() {
    String name = "container engine";
    String fix = "start Docker or podman's socket (podman system service), or set DOCKER_HOST";
    try (var engine = ContainerEngine.of(environment.variables())) {
      try {
        return new Check(name, State.OK, engine.version() + " at " + engine.address(), "");
      } catch (IOException e) {
        State state = environment.variable("DOCKER_HOST").isPresent() ? State.WRONG : State.ABSENT;
        return new Check(name, state, e.getMessage() + " ('scan container' needs one)", fix);
      }
    } catch (SourceException e) {
      return new Check(name, State.ABSENT, String.valueOf(e.getMessage()), fix);
    }
  }

  /// Only whether it can be used as it stands: no cluster is asked.
  Check kubeconfig() {
    String name = "kubeconfig";
    List<Path> named =
        environment
            .variable("KUBECONFIG")
            .map(list -> Stream.of(list.split(File.pathSeparator)).map(Path::of).toList())
            .orElseGet(
                () ->
                    environment
                        .variable("HOME")
                        .map(home -> List.of(Path.of(home, ".kube", "config")))
                        .orElse(List.of()));
    List<Path> files = named.stream().filter(Files::isRegularFile).toList();
    if (files.isEmpty()) {
      return Files.exists(IN_CLUSTER)
          ? new Check(name, State.OK, "none, but this is a pod with a service account", "")
          : new Check(
              name,
              State.ABSENT,
              "none: no cluster is known here",
              "point KUBECONFIG to one, or let your cluster's tool write ~/.kube/config");
    }
    try {
      var contexts = new ArrayList<String>();
      for (Path file : files) {
        if (PrivateFile.openToOthers(file)) {
          return new Check(
              name, State.WRONG, file + " can be read or written by others", "chmod 600 " + file);
        }
        if (YamlTree.parse(Files.readString(file)) instanceof Mapping mapping
            && mapping.fields().get("current-context") instanceof Scalar context
            && !context.text().isEmpty()) {
          contexts.add(context.text());
        }
      }
      return contexts.isEmpty()
          ? new Check(
              name,
              State.WRONG,
              "no current context in " + files.getFirst(),
              "kubectl config get-contexts lists them; kubectl config use-context NAME chooses one")
          : new Check(
              name, State.OK, "context " + contexts.getFirst() + " of " + files.getFirst(), "");
    } catch (IOException | IllegalArgumentException e) {
      return new Check(
          name,
          State.WRONG,
          files.getFirst() + " cannot be read",
          "write it anew as YAML in UTF-8");
    }
  }
}
