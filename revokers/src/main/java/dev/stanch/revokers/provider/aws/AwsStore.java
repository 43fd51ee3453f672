package dev.stanch.revokers.provider.aws;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.http.BadUrlException;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.RateLimit;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import dev.stanch.revokers.spi.SinkKind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One of the services in which AWS keeps secrets of its users, region by region.
abstract class AwsStore implements SinkKind {
  private static final Pattern WHERE =
      Pattern.compile("([a-z]{2}(?:-[a-z]+){1,2}-\\d)/([^#\\s]+)(?:#([^#]+))?");

  private final String kind;
  private final String service;
  private final String target;
  private final AdminVariable secret;

  /// @param service as hosts and signatures name it
  /// @param target what stands before each action's name
  /// @param rights the smallest that writing takes
  AwsStore(String kind, String service, String target, String rights) {
    this.kind = requireNonNull(kind, "kind");
    this.service = requireNonNull(service, "service");
    this.target = requireNonNull(target, "target");
    this.secret = new AdminVariable(AwsProvider.SECRET.name(), rights);
  }

  @Override
  public String name() {
    return kind;
  }

  @Override
  public Set<String> hosts() {
    return Set.of("*.amazonaws.com", "*.amazonaws.com.cn");
  }

  @Override
  public List<AdminVariable> adminVariables() {
    return List.of(secret, AwsProvider.ID, AwsProvider.SESSION);
  }

  /// Below what either service allows for its writing calls.
  @Override
  public RateLimit limit() {
    return RateLimit.of(3, Duration.ofSeconds(1));
  }

  @Override
  public Sink open(SinkAddress address, ProviderContext context) {
    Matcher where = WHERE.matcher(address.where());
    if (!where.matches()) {
      throw new IllegalArgumentException("not of the form " + usage());
    }
    String region = where.group(1);
    String field = where.group(3) == null ? "" : where.group(3);
    var api = new Json11(context.http(), endpoint(region, context), region, service, target);
    return open(address, api, where.group(2), field, context);
  }

  /// @param name of what is in the store
  /// @param field of an object of JSON that it holds; empty for all of it
  abstract Sink open(
      SinkAddress address, Json11 api, String name, String field, ProviderContext context);

  AdminVariable secret() {
    return secret;
  }

  private BaseUrl endpoint(String region, ProviderContext context) {
    String variable = "AWS_ENDPOINT_URL_" + endpointSuffix();
    String told = context.environment().getOrDefault(variable, "");
    if (told.isBlank()) {
      told = context.environment().getOrDefault("AWS_ENDPOINT_URL", "");
    }
    try {
      return told.isBlank()
          ? BaseUrl.of(
              "https://"
                  + service
                  + "."
                  + region
                  + (region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com"))
          : BaseUrl.parse(told);
    } catch (BadUrlException _) {
      throw new IllegalArgumentException(variable + " or AWS_ENDPOINT_URL holds no URL");
    }
  }

  /// What the variable of the service's endpoint ends with.
  abstract String endpointSuffix();
}
