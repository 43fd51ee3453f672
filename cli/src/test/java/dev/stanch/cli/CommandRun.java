package dev.stanch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.fixtures.LeakSearch;
import dev.stanch.fixtures.TokenLedger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
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
    private boolean alone;
    private Clock clock = CLOCK;

    private Setting(Path folder) {
      this.folder = folder;
      variables.put("XDG_STATE_HOME", folder.resolve(".state").toString());
      variables.put("XDG_CONFIG_HOME", folder.resolve(".config").toString());
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

    /// In a folder that nothing of the test lies beside, where hundreds of such folders do.
    public Setting alone() {
      alone = true;
      return this;
    }

    /// With the time that it is.
    public Setting now() {
      clock = Clock.systemUTC();
      return this;
    }

    /// Asked to stop before it begins.
    public Setting interrupted() {
      interruption.request();
      return this;
    }

    /// Runs the command line. No token that a fake issued may stand in its outputs or in what it
    /// writes, unless it was asked to show them.
    public CommandRun run(String... args) {
      Map<Path, FileTime> before = files();
      // What lies there before a run was put there by the test: earlier runs were looked at. All
      // of it, since a fake of a later test may issue a token that this one made up.
      tellWhatIsPlanted();
      CommandRun run = runs(args);
      if (List.of(args).contains("--show-tokens")) {
        tellWhatIsPlanted();
      } else {
        noTokenIn(run, before);
      }
      return run;
    }

    private void noTokenIn(CommandRun run, Map<Path, FileTime> before) {
      var search = new LeakSearch(TokenLedger.issued());
      assertThat(search.in(run.out.getBytes(StandardCharsets.UTF_8))).as("tokens in out").isEmpty();
      assertThat(search.in(run.err.getBytes(StandardCharsets.UTF_8))).as("tokens in err").isEmpty();
      files()
          .forEach(
              (file, changed) -> {
                if (!changed.equals(before.get(file))) {
                  try {
                    assertThat(search.in(file)).as("tokens in %s", file).isEmpty();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }
              });
    }

    /// All that lies in the test's own folder, of which this run's may be a part.
    private void tellWhatIsPlanted() {
      Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
      if (TokenLedger.kept() && folder.startsWith(temporary) && !folder.equals(temporary)) {
        files(alone ? folder : temporary.resolve(temporary.relativize(folder).getName(0)))
            .keySet()
            .forEach(TokenLedger::planted);
      }
    }

    private Map<Path, FileTime> files() {
      return files(folder);
    }

    /// What lies in a folder, where it is a test's own, with the times of the last change.
    private static Map<Path, FileTime> files(Path folder) {
      var files = new HashMap<Path, FileTime>();
      if (!folder.startsWith(System.getProperty("java.io.tmpdir")) || !Files.isDirectory(folder)) {
        return files;
      }
      try {
        Files.walkFileTree(
            folder,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                return each.endsWith(".git")
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && attributes.size() < 1 << 24) {
                  files.put(file, attributes.lastModifiedTime());
                }
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
              }
            });
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return files;
    }

    private CommandRun runs(String... args) {
      var out = new StringWriter();
      var err = new StringWriter();
      int status =
          Main.run(
              new Console(
                  new PrintWriter(out),
                  new PrintWriter(err),
                  new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                  new Environment(variables, folder, terminal, terminal, clock, interruption)),
              args);
      return new CommandRun(status, out.toString(), err.toString());
    }
  }
}
