package dev.stanch.revokers.provider.aws;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.http.BadUrlException;
import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.revokers.advice.Advisers;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Guidance;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Verifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Access keys of AWS. Facts: <https://docs.aws.amazon.com/IAM/latest/APIReference/> and
/// <https://docs.aws.amazon.com/STS/latest/APIReference/>.
public final class AwsProvider implements Provider {
  static final AdminVariable SECRET =
      new AdminVariable(
          "AWS_SECRET_ACCESS_KEY",
          "iam:GetAccessKeyLastUsed, iam:ListAccessKeys, iam:UpdateAccessKey, iam:DeleteAccessKey;"
              + " sts:GetAccessKeyInfo; to rotate iam:CreateAccessKey");
  static final AdminVariable ID =
      new AdminVariable("AWS_ACCESS_KEY_ID", "the id of AWS_SECRET_ACCESS_KEY");
  static final AdminVariable SESSION =
      new AdminVariable("AWS_SESSION_TOKEN", "of temporary credentials");

  private static final ProviderId PROVIDER = new ProviderId("aws");

  private final Time time;

  /// The provider; found by `ServiceLoader`.
  public AwsProvider() {
    this(Time.system());
  }

  AwsProvider(Time time) {
    this.time = requireNonNull(time, "time");
  }

  @Override
  public ProviderId id() {
    return PROVIDER;
  }

  @Override
  public String name() {
    return "Amazon Web Services";
  }

  @Override
  public Set<String> hosts() {
    return Partition.hosts();
  }

  @Override
  public Optional<String> baseUrlVariable() {
    return Optional.of("AWS_ENDPOINT_URL");
  }

  @Override
  public List<AdminVariable> adminVariables() {
    return List.of(SECRET, ID, SESSION);
  }

  @Override
  public Optional<Verifier> verifier(ProviderContext context) {
    return partitions(context.environment())
        .map(partitions -> new AwsVerifier(new Query(context.http()), partitions, time));
  }

  @Override
  public Optional<Revoker> revoker(ProviderContext context) {
    return partitions(context.environment())
        .map(partitions -> new AwsRevoker(new Query(context.http()), partitions, context));
  }

  @Override
  public Optional<Rotator> rotator(ProviderContext context) {
    return partitions(context.environment())
        .map(
            partitions ->
                new AwsRotator(new AwsRevoker(new Query(context.http()), partitions, context)));
  }

  @Override
  public Optional<Adviser> adviser() {
    return Advisers.of(id().value());
  }

  @Override
  public Optional<Guidance> guidance() {
    return Optional.of(
        new Guidance(
            "https://console.aws.amazon.com/iam/home#/users",
            List.of(
                "open the user, Security credentials, Access keys",
                "Actions, Deactivate; delete the key once nothing breaks",
                "temporary credentials: open the role, Revoke sessions, Revoke active sessions",
                "a policy AWSCompromisedKeyQuarantine on the user says that AWS knows of the leak:"
                    + " leave it there until the key is gone"),
            "an administrator of the account's IAM users"));
  }

  /// Empty where a variable holds no usable URL: nobody is asked then, least of all the real AWS.
  private static Optional<List<Partition>> partitions(Map<String, String> environment) {
    try {
      return Optional.of(Partition.of(environment));
    } catch (BadUrlException _) {
      return Optional.empty();
    }
  }
}
