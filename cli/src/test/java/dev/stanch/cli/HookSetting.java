package dev.stanch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stanch.detectors.rule.ExampleTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// The real git in folders of its own, and a command that starts Stanch from the class path.
final class HookSetting {
  private final Path home;
  private final Path command;

  /// What a command said and how it ended.
  record Ended(int status, String output) {}

  /// @param home the folder for the state, below which repositories are made
  HookSetting(Path home) throws IOException {
    this.home = home;
    this.command = home.resolve("it's stanch");
    executable(
        command,
        "#!/bin/sh\nexec '%s/bin/java' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' dev.stanch.cli.Main \"$@\"\n"
            .formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
  }

  /// A line with a token.
  static String leak(long seed) {
    return new ExampleTemplate("HF_TOKEN = \"{{\"hf_\"}}{{alpha:34}}\"\n").expand(seed);
  }

  /// What starts Stanch.
  Path command() {
    return command;
  }

  /// Puts a script in the place of Stanch.
  void replaceCommand(String script) throws IOException {
    executable(command, "#!/bin/sh\n" + script + "\n");
  }

  Ended hook(Path repository, String... arguments) {
    var all = new ArrayList<>(List.of("hook"));
    all.addAll(List.of(arguments));
    var run =
        CommandRun.in(repository)
            .with("STANCH_COMMAND", command.toString())
            .run(all.toArray(String[]::new));
    return new Ended(run.status(), run.out() + run.err());
  }

  Ended git(Path where, String... arguments) throws Exception {
    return typing(where, "", arguments);
  }

  /// Runs git with somebody who types.
  Ended typing(Path where, String answers, String... arguments) throws Exception {
    var all = new ArrayList<>(List.of("git"));
    all.addAll(List.of(arguments));
    return run(where, answers, all.toArray(String[]::new));
  }

  /// Runs a command that reads `answers`.
  Ended run(Path where, String answers, String... all) throws Exception {
    var builder = new ProcessBuilder(List.of(all)).directory(where.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.put("HOME", home.toString());
    environment.put("XDG_STATE_HOME", home.resolve("state").toString());
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "A");
      environment.put("GIT_" + who + "_EMAIL", "a@example.com");
    }
    Process process = builder.redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(answers.getBytes(UTF_8));
    } catch (IOException _) {
      // It ended without reading; its exit code says how.
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), output);
  }

  static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
