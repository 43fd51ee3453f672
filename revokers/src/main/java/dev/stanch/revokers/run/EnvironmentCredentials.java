package dev.stanch.revokers.run;

import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Credentials;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The operator's credentials that stand in environment variables, or else in the configuration
/// files of the providers' own tools.
final class EnvironmentCredentials implements Credentials {
  private final Map<String, String> environment;
  private final ConfigurationFiles files;

  EnvironmentCredentials(Map<String, String> environment, InstantSource clock) {
    this.environment = Map.copyOf(environment);
    this.files = new ConfigurationFiles(environment, clock);
  }

  @Override
  public Optional<Secret> find(AdminVariable variable) {
    String name = variable.name();
    Optional<String> value =
        files.names(name) ? files.named(name) : set(name).or(() -> files.find(name));
    return value.map(this::secret);
  }

  /// What this machine works with: these variables, and what its tools log in with. The caller
  /// closes them.
  List<Secret> all(Set<String> variables) {
    var values = new TreeSet<>(files.all());
    var names = new TreeSet<>(files.variables());
    names.addAll(variables);
    names.forEach(name -> set(name).ifPresent(values::add));
    var secrets = new ArrayList<Secret>();
    for (String value : values) {
      secrets.add(secret(value));
      // A key of several lines is mostly found as JSON spells it.
      if (value.strip().contains("\n")) {
        secrets.add(secret(value.strip().replace("\n", "\\n")));
      }
    }
    return secrets;
  }

  private Optional<String> set(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
  }

  private Secret secret(String value) {
    return new Secret(value.strip().getBytes(StandardCharsets.ISO_8859_1));
  }
}
