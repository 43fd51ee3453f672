package dev.stanch.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.cli.CommandRun;
import dev.stanch.fixtures.TokenLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A folder with a leak below `leak`, and a configuration that says whose its tokens are.
final class LeakFolder {
  private static final String LEAK = "leak/app.env";

  private final Path folder;

  LeakFolder(Path folder, String owner) throws IOException {
    this.folder = folder;
    write("config/stanch/config.yml", "owners: ['" + owner + "']\n");
  }

  /// What leaked, in place of what did before.
  void leak(String text) throws IOException {
    write(LEAK, text);
    TokenLedger.planted(leaked());
  }

  Path leaked() {
    return folder.resolve(LEAK);
  }

  void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  /// A run that asks nobody.
  CommandRun.Setting setting() {
    return CommandRun.in(folder)
        .now() // a proof that does not come is waited for
        .with("STANCH_TERMINALS", "")
        .with("XDG_CONFIG_HOME", folder.resolve("config").toString());
  }

  /// Arguments that write a plan down.
  static String[] plan(String... more) {
    var args =
        new ArrayList<>(List.of("plan", "--format", "json", "--output", "plan.json", "dir:leak"));
    args.addAll(1, List.of(more));
    return args.toArray(String[]::new);
  }

  /// The plan that was written down last.
  JsonNode planned() throws IOException {
    String plan = Files.readString(folder.resolve("plan.json"));
    new Schemas().valid("plan", plan);
    return new ObjectMapper().readTree(plan);
  }

  /// Arguments that carry it out.
  String[] apply(String command, String... more) throws IOException {
    var args =
        new ArrayList<>(
            List.of(
                command,
                "--apply",
                "--plan",
                "plan.json",
                "--plan-hash",
                planned().path("hash").asText(),
                "--proof-interval",
                "0"));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }
}
