package dev.stanch.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/// What a run sees of the process it runs in: variables, folder, terminals, and whether a person
/// asked it to stop. Handed in, so that a test can be somewhere else.
public record Environment(
    Map<String, String> variables,
    Path folder,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Clock clock,
    Interruption interruption) {
  public Environment {
    requireNonNull(clock, "clock");
    requireNonNull(folder, "folder");
    requireNonNull(interruption, "interruption");
    variables = Map.copyOf(variables);
  }

  /// That of this process.
  static Environment ofProcess(Interruption interruption) {
    return new Environment(
        System.getenv(),
        Path.of(""),
        isTerminal(1),
        isTerminal(2),
        Clock.systemUTC(),
        interruption);
  }

  /// The clock in the zone of whoever reads the time. Asked only where a time is shown: finding the
  /// zone makes the JDK search every jar for zone rules, which a commit hook must not wait for.
  public Clock clockOnTheWall() {
    return clock.withZone(ZoneId.systemDefault());
  }

  /// A variable that is set to something.
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }

  /// Whether results may be coloured: a terminal that understands colours, and nobody who minds.
  public boolean colour() {
    return outIsTerminal && understandsControl() && variable("NO_COLOR").isEmpty();
  }

  /// Whether a person types what standard input gives.
  public boolean inIsTerminal() {
    return variable("STANCH_TERMINALS")
        .map(told -> told.indexOf('0') >= 0)
        .orElseGet(() -> isTerminal(0));
  }

  /// Whether a line on standard error can be drawn again and again.
  public boolean progressBar() {
    return errIsTerminal && understandsControl();
  }

  /// Width of the terminal, where the shell tells it.
  public int columns() {
    try {
      return Math.max(20, Integer.parseInt(variable("COLUMNS").orElse("80")));
    } catch (NumberFormatException _) {
      return 80;
    }
  }

  private boolean understandsControl() {
    return !variable("TERM").orElse("dumb").equals("dumb");
  }

  /// Whether what is printed is kept by a build service and shown to others.
  public boolean isBuildLog() {
    return variable("CI").filter(value -> !value.equals("false")).isPresent()
        || variable("GITHUB_ACTIONS").isPresent()
        || variable("BUILD_ID").isPresent()
        || variable("TF_BUILD").isPresent()
        || variable("TEAMCITY_VERSION").isPresent();
  }

  /// Where Stanch keeps what belongs to the user: the token key, and nothing found.
  public Path stateFolder() {
    return variable("XDG_STATE_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute) // the specification says to ignore a relative one
        .orElseGet(
            () -> Path.of(variable("HOME").orElse(System.getProperty("user.home")), ".local/state"))
        .resolve("stanch");
  }

  /// The JDK's own way loads a line editor; the launcher's word and /proc cost nothing.
  private static boolean isTerminal(int descriptor) {
    String told = System.getenv("STANCH_TERMINALS"); // the descriptors that are terminals: "12"
    if (told != null) {
      return told.indexOf('0' + descriptor) >= 0;
    }
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException _) {
      return false;
    }
  }
}
