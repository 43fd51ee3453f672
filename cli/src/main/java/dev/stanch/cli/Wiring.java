package dev.stanch.cli;

import static java.util.Objects.requireNonNull;

import dev.stanch.cli.report.CsvReport;
import dev.stanch.cli.report.GitlabReport;
import dev.stanch.cli.report.HtmlReport;
import dev.stanch.cli.report.JsonLinesReport;
import dev.stanch.cli.report.JsonReport;
import dev.stanch.cli.report.JunitReport;
import dev.stanch.cli.report.MarkdownReport;
import dev.stanch.cli.report.ReportFormat;
import dev.stanch.cli.report.ReportWriter;
import dev.stanch.cli.report.SarifReport;
import dev.stanch.cli.report.TextReport;
import dev.stanch.cli.report.Tokens;
import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.http.TransportException;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.HistoryScanner;
import dev.stanch.detectors.scan.RangeScanner;
import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.scan.Scanner;
import dev.stanch.detectors.scan.StagedScanner;
import dev.stanch.revokers.journal.Journal;
import dev.stanch.revokers.journal.JournalException;
import dev.stanch.revokers.run.Providers;
import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Code;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderCatalogue;
import dev.stanch.revokers.spi.SinkKind;
import dev.stanch.revokers.spi.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Makes what the commands work with: the one place where parts meet.
public final class Wiring {
  /// Bytes of a character in UTF-8.
  private static final int LONGEST_CHARACTER = 4;

  private final Console console;
  private final Supplier<List<Path>> pluginFolders;
  private final Bugs bugs = new Bugs();

  /// For what needs no plugin.
  public Wiring(Console console) {
    this(console, List::of);
  }

  /// @param pluginFolders those that the command line names, once it was read
  public Wiring(Console console, Supplier<List<Path>> pluginFolders) {
    this.console = requireNonNull(console, "console");
    this.pluginFolders = requireNonNull(pluginFolders, "pluginFolders");
  }

  /// The streams and surroundings of this run.
  public Console console() {
    return console;
  }

  /// What says something to the person.
  public Messages messages() {
    return new Messages(console.err());
  }

  /// The user's own key.
  public TokenKey tokenKey() throws UserFault {
    return new TokenKeyFile(console.environment().stateFolder(), SecureRandom::new).read();
  }

  /// The rules, built in and the user's.
  public RuleSets ruleSets() {
    return new RuleSets(console.environment().folder(), messages());
  }

  /// A scanner that names tokens under the user's key.
  public Scanner scanner(Detector detector, int threads) throws UserFault {
    return new Scanner(detector, tokenKey(), threads);
  }

  /// A scanner of git histories that names tokens under the user's key.
  public HistoryScanner historyScanner(Detector detector, int threads) throws UserFault {
    return new HistoryScanner(detector, tokenKey(), threads);
  }

  /// A scanner of what is staged that names tokens under the user's key.
  public StagedScanner stagedScanner(Detector detector, int threads) throws UserFault {
    return new StagedScanner(detector, tokenKey(), threads);
  }

  /// A scanner of what some commits bring that names tokens under the user's key.
  public RangeScanner rangeScanner(Detector detector) throws UserFault {
    return new RangeScanner(detector, tokenKey());
  }

  /// What shows `progress`: a bar on a terminal, lines elsewhere, nothing when told to be quiet.
  public ProgressDisplay progressDisplay(ScanProgress progress, boolean quiet) {
    return progressDisplay(ProgressDisplay.scan(progress), quiet);
  }

  /// What shows how far something has come.
  public ProgressDisplay progressDisplay(ProgressDisplay.Watched progress, boolean quiet) {
    var environment = console.environment();
    return quiet
        ? ProgressDisplay.none()
        : ProgressDisplay.on(
            console.err(), environment.progressBar(), environment.columns(), progress);
  }

  /// The user's own configuration.
  public UserConfiguration userConfiguration() throws UserFault {
    return UserConfiguration.read(userConfigurationFile(), messages());
  }

  /// Where the user's own configuration lies, or belongs.
  public Path userConfigurationFile() {
    return UserConfiguration.file(console.environment());
  }

  /// The journal of a database, or the user's own; whoever calls closes.
  ///
  /// @param url `jdbc:postgresql:…`, or null for the file in the state folder
  public Journal journal(@Nullable String url) throws JournalException {
    var environment = console.environment();
    var random = new SecureRandom();
    return url == null
        ? Journal.inFile(environment.stateFolder().resolve("journal.db"), operator(), random)
        : Journal.inDatabase(
            url, environment.variable("PGPASSWORD").orElse(""), operator(), random);
  }

  /// Who acts: the operator, the machine, the process.
  private String operator() {
    var environment = console.environment();
    String user =
        environment
            .variable("USER")
            .or(() -> environment.variable("LOGNAME"))
            .orElse(System.getProperty("user.name"));
    String host;
    try {
      host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException _) {
      host = environment.variable("HOSTNAME").orElse("unknown");
    }
    return user + "@" + host + "/" + ProcessHandle.current().pid();
  }

  /// A line that a person types without an echo; empty where nobody types.
  public Optional<byte[]> hiddenLine(String prompt) {
    java.io.Console terminal = console.environment().inIsTerminal() ? System.console() : null;
    char[] typed = terminal == null ? null : terminal.readPassword("%s", prompt);
    if (typed == null) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.allocate(typed.length * LONGEST_CHARACTER);
    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(typed), bytes, true);
    byte[] line = Arrays.copyOf(bytes.array(), bytes.position());
    Arrays.fill(typed, ' ');
    Arrays.fill(bytes.array(), (byte) 0);
    return Optional.of(line);
  }

  /// A source of random numbers for keys.
  public SecureRandom random() {
    return new SecureRandom();
  }

  /// What the user trusts, and the folders where plugins stand.
  public PluginFolders plugins() throws UserFault {
    return PluginFolders.of(console.environment(), pluginFolders.get());
  }

  /// The providers that come with Stanch, and those of plugins.
  public ProviderCatalogue providerCatalogue() throws UserFault {
    return plugins().with(ProviderCatalogue.builtIn());
  }

  /// The providers, as this process's variables point to them; whoever calls closes.
  public Providers providers() throws UserFault {
    ProviderCatalogue catalogue = providerCatalogue();
    var allowed = userConfiguration().allowedHosts();
    var sinks = new ArrayList<SinkKind>();
    ServiceLoader.load(SinkKind.class, Wiring.class.getClassLoader()).forEach(sinks::add);
    return new Providers(
        catalogue, sinks, console.environment().variables(), allowed, transport(), bugs);
  }

  /// Our own mistakes that a run went on without.
  Bugs bugs() {
    return bugs;
  }

  /// The connections of this run; whoever calls closes.
  public Transport transport() throws UserFault {
    return transport(console.environment().variables(), Optional.empty());
  }

  /// Connections to one host by ways of its own; whoever calls closes.
  ///
  /// @param tls whom to trust there, and what to show
  public Transport transport(Map<String, String> variables, Optional<SSLContext> tls)
      throws UserFault {
    String agent = "stanch/" + version();
    try {
      return tls.isPresent()
          ? new Transport(variables, tls.get(), agent, Time.system(), new SecureRandom())
          : new Transport(variables, agent, Time.system(), new SecureRandom());
    } catch (TransportException e) {
      throw UserFault.of(
          ExitCode.USAGE,
          String.valueOf(e.getMessage()),
          "correct " + e.variable() + " or unset it");
    }
  }

  /// The replacement of a provider's tokens, whatever uses them. Knows nothing of plugins: a report
  /// is written without them.
  private Optional<Advice> generalAdvice(ProviderId provider) {
    return ProviderCatalogue.builtIn()
        .find(provider.value())
        .flatMap(Provider::adviser)
        .map(adviser -> adviser.advise(new Verification.NotChecked("not asked"), Code.NONE));
  }

  /// The writer of a format, as the result's destination wants it.
  public ReportWriter reportWriter(ReportFormat format, boolean toTerminal, Tokens tokens) {
    var folder = console.environment().folder();
    boolean colour = toTerminal && console.environment().colour();
    return switch (format) {
      case TEXT -> new TextReport(folder, colour, tokens);
      case BRIEF -> TextReport.brief(folder, colour);
      case JSON -> new JsonReport(tokens);
      case JSONL -> new JsonLinesReport();
      case SARIF -> new SarifReport(version(), this::generalAdvice);
      case CSV -> new CsvReport();
      case JUNIT -> new JunitReport(folder);
      case GITLAB -> new GitlabReport(version());
      case HTML -> new HtmlReport(folder);
      case MD -> new MarkdownReport(folder);
    };
  }

  /// The version of this build.
  public static String version() {
    try (var text =
        requireNonNull(Wiring.class.getResourceAsStream("version.txt"), "version.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
