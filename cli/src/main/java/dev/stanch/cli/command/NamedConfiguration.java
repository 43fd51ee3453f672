package dev.stanch.cli.command;

import dev.stanch.cli.ConfigurationText;
import dev.stanch.cli.Environment;
import dev.stanch.cli.RuleSets;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.rule.Rule;
import java.nio.file.Path;
import java.util.Optional;

/// The configuration that the caller names, which may say everything: that of `--config`, else that
/// of the variables which gitleaks knows. Where there is one, those in the scanned tree are not
/// read.
final class NamedConfiguration {
  private static final String FILE = "GITLEAKS_CONFIG";
  private static final String TEXT = "GITLEAKS_CONFIG_TOML";

  private NamedConfiguration() {}

  static Optional<RuleSets.Configured> of(ScanOptions options, Wiring wiring) throws UserFault {
    Environment environment = wiring.console().environment();
    Path option = options.config();
    if (option != null) {
      return Optional.of(file(option, option.toString(), environment));
    }
    Optional<String> file = environment.variable(FILE);
    if (file.isPresent()) {
      wiring.messages().warning("following " + file.get() + ", which " + FILE + " names");
      return Optional.of(file(Path.of(file.get()), file.get(), environment));
    }
    Optional<String> text = environment.variable(TEXT);
    if (text.isPresent()) {
      wiring.messages().warning("following the configuration in " + TEXT);
    }
    return text.map(
        toml ->
            new RuleSets.Configured(
                TEXT,
                toml,
                Rule.Origin.USER,
                RuleSets.Form.GITLEAKS,
                new RuleSets.CallersFiles(
                    environment.folder().toAbsolutePath(), environment.folder())));
  }

  private static RuleSets.Configured file(Path path, String name, Environment environment)
      throws UserFault {
    Path file = environment.folder().resolve(path);
    return new RuleSets.Configured(
        name,
        ConfigurationText.of(file, name),
        Rule.Origin.USER,
        name.endsWith(".toml") ? RuleSets.Form.GITLEAKS : RuleSets.Form.STANCH,
        new RuleSets.CallersFiles(file.toAbsolutePath().resolveSibling(""), environment.folder()));
  }
}
