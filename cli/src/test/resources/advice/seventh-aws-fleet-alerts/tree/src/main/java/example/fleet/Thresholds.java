package example.fleet;

import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;

/** The temperature above which a vehicle is reported, as operations set it. */
final class Thresholds {
  private static final String NAME = "/fleet/alerts/threshold";

  private final SsmClient ssm = SsmClient.create();

  double current() {
    GetParameterRequest request = GetParameterRequest.builder().name(NAME).build();
    return Double.parseDouble(ssm.getParameter(request).parameter().value());
  }
}
