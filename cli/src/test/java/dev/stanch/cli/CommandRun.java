package dev.stanch.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/// One run of the command line with its streams kept.
public record CommandRun(int status, String out, String err) {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  /// A run that reads and writes no file.
  public static CommandRun of(String... args) {
    return new Setting(Path.of("/nonexistent")).run(args);
  }

  /// A run in `folder`, with its state kept in a folder of its own below.
  public static Setting in(Path folder) {
    return new Setting(folder);
  }

  /// Where and how a run happens.
  public static final class Setting {
    private final Path folder;
    private final Map<String, String> variables = new HashMap<>();
    private final Interruption interruption = new Interruption();
    private String in = "";
    private boolean terminal;

    private Setting(Path folder) {
      this.folder = folder;
      variables.put("XDG_STATE_HOME", folder.resolve(".state").toString());
    }

    /// With a variable set.
    public Setting with(String variable, String value) {
      variables.put(variable, value);
      return this;
    }

    /// With a text on standard input.
    public Setting reading(String text) {
      in = text;
      return this;
    }

    /// With both outputs on a terminal.
    public Setting onTerminal() {
      terminal = true;
      return with("TERM", "xterm");
    }

    /// Asked to stop before it begins.
    public Setting interrupted() {
      interruption.request();
      return this;
    }

    /// Runs the command line.
    public CommandRun run(String... args) {
      var out = new StringWriter();
      var err = new StringWriter();
      int status =
          Main.run(
              new Console(
                  new PrintWriter(out),
                  new PrintWriter(err),
                  new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                  new Environment(variables, folder, terminal, terminal, CLOCK, interruption)),
              args);
      return new CommandRun(status, out.toString(), err.toString());
    }
  }
}
