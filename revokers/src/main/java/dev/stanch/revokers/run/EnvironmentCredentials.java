package dev.stanch.revokers.run;

import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// The operator's credentials that stand in environment variables, or else in the configuration
/// files of the providers' own tools.
final class EnvironmentCredentials implements Credentials {
  private final Map<String, String> environment;
  private final ConfigurationFiles files;

  EnvironmentCredentials(Map<String, String> environment) {
    this.environment = environment;
    this.files = new ConfigurationFiles(environment);
  }

  @Override
  public Optional<Secret> find(AdminVariable variable) {
    return find(variable.name());
  }

  Optional<Secret> find(String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isBlank())
        .or(() -> files.find(variable))
        .map(value -> new Secret(value.strip().getBytes(StandardCharsets.ISO_8859_1)));
  }
}
