package dev.stanch.revokers.provider.aws;

import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;

/// Secrets of AWS Secrets Manager. Facts:
/// <https://docs.aws.amazon.com/secretsmanager/latest/apireference/>.
public final class AwsSecrets extends AwsStore {
  /// The kind; found by `ServiceLoader`.
  public AwsSecrets() {
    super(
        "aws-secret",
        "secretsmanager",
        "secretsmanager",
        "secretsmanager:GetSecretValue, secretsmanager:PutSecretValue,"
            + " secretsmanager:UpdateSecretVersionStage on the secret; kms:Decrypt and"
            + " kms:GenerateDataKey on a key of one's own");
  }

  @Override
  public String usage() {
    return "aws-secret:REGION/NAME, with #FIELD where it holds an object of JSON";
  }

  @Override
  Sink open(SinkAddress address, Json11 api, String name, String field, ProviderContext context) {
    return new AwsSecretSink(address, api, name, field, secret(), context);
  }

  @Override
  String endpointSuffix() {
    return "SECRETS_MANAGER";
  }
}
