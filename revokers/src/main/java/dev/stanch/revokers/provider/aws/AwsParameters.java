package dev.stanch.revokers.provider.aws;

import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;

/// Parameters of AWS Systems Manager. Facts:
/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/>.
public final class AwsParameters extends AwsStore {
  /// The kind; found by `ServiceLoader`.
  public AwsParameters() {
    super(
        "aws-parameter",
        "ssm",
        "AmazonSSM",
        "ssm:GetParameter, ssm:PutParameter on the parameter, ssm:DescribeParameters; kms:Decrypt"
            + " and kms:Encrypt on a key of one's own");
  }

  @Override
  public String usage() {
    return "aws-parameter:REGION/NAME, without the first slash of a name with several";
  }

  @Override
  Sink open(SinkAddress address, Json11 api, String name, String field, ProviderContext context) {
    if (!field.isEmpty()) {
      throw new IllegalArgumentException("not of the form " + usage());
    }
    // Names with levels begin with a slash.
    String full = name.contains("/") && !name.startsWith("/") ? "/" + name : name;
    return new AwsParameterSink(address, api, full, secret(), context);
  }

  @Override
  String endpointSuffix() {
    return "SSM";
  }
}
