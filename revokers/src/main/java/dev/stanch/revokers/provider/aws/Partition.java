package dev.stanch.revokers.provider.aws;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.http.BadUrlException;
import dev.stanch.detectors.http.BaseUrl;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// One of the worlds that AWS consists of: an account, and so a key, is of one of them and unknown
/// in the others.
///
/// @param name as ARNs spell it
/// @param region what calls of both services are signed for
record Partition(String name, BaseUrl sts, BaseUrl iam, String region) {
  private static final List<Partition> ALL =
      List.of(
          new Partition(
              "aws",
              BaseUrl.of("https://sts.amazonaws.com"),
              BaseUrl.of("https://iam.amazonaws.com"),
              "us-east-1"),
          new Partition(
              "aws-cn",
              BaseUrl.of("https://sts.cn-north-1.amazonaws.com.cn"),
              BaseUrl.of("https://iam.cn-north-1.amazonaws.com.cn"),
              "cn-north-1"),
          new Partition(
              "aws-us-gov",
              BaseUrl.of("https://sts.us-gov-west-1.amazonaws.com"),
              BaseUrl.of("https://iam.us-gov.amazonaws.com"),
              "us-gov-west-1"));

  Partition {
    requireNonNull(name, "name");
    requireNonNull(region, "region");
  }

  static Set<String> hosts() {
    var hosts = new TreeSet<String>();
    for (Partition each : ALL) {
      hosts.add(each.sts.host());
      hosts.add(each.iam.host());
    }
    return hosts;
  }

  /// The partitions of this run, the operator's own first; where an endpoint is configured, that
  /// one alone.
  static List<Partition> of(Map<String, String> environment) throws BadUrlException {
    String region =
        set(environment, "AWS_REGION").or(() -> set(environment, "AWS_DEFAULT_REGION")).orElse("");
    Partition home = ALL.get(region.startsWith("cn-") ? 1 : region.startsWith("us-gov-") ? 2 : 0);
    Optional<String> sts = endpoint(environment, "STS");
    Optional<String> iam = endpoint(environment, "IAM");
    if (sts.isPresent() || iam.isPresent()) {
      return List.of(
          new Partition(
              home.name,
              sts.isPresent() ? BaseUrl.parse(sts.get()) : home.sts,
              iam.isPresent() ? BaseUrl.parse(iam.get()) : home.iam,
              home.region));
    }
    return ALL.stream().sorted((a, b) -> Boolean.compare(a != home, b != home)).toList();
  }

  private static Optional<String> endpoint(Map<String, String> environment, String service) {
    return set(environment, "AWS_ENDPOINT_URL_" + service)
        .or(() -> set(environment, "AWS_ENDPOINT_URL"));
  }

  private static Optional<String> set(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
  }
}
