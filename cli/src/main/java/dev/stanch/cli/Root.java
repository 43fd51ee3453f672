package dev.stanch.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
    name = "stanch",
    description = "Finds leaked tokens, proves which are live, revokes or rotates them.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Root.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 clean, 1 findings or actions left to do, 2 usage, 3 incomplete,",
      "4 refused, 70 a bug of ours.",
      "",
      "Examples:",
      "  stanch scan dir .",
      "  stanch rules list",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class Root implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Says more; twice: where in the code an internal error arose.")
  private boolean[] verbosity = {};

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "Adds the providers of the trusted jars and descriptors in this folder to those of"
              + " ~/.config/stanch/plugins; may be given several times.")
  private List<Path> pluginFolders = new ArrayList<>();

  private final Environment environment;

  Root(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    throw new MissingCommand(spec.commandLine());
  }

  List<Path> pluginFolders() {
    return List.copyOf(pluginFolders);
  }

  Detail detail() {
    if (environment.variable("STANCH_DEBUG").isPresent()) {
      return Detail.FULL;
    }
    return verbosity.length > 1 ? Detail.FRAMES : Detail.SHORT;
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"stanch " + Wiring.version()};
    }
  }
}
