package dev.stanch.revokers.sink.gitlab;

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

/// Variables of the pipelines of a project or a group. Facts:
/// <https://docs.gitlab.com/api/project_level_variables/> and
/// <https://docs.gitlab.com/api/group_level_variables/>.
public final class GitLabVariables implements SinkKind {
  static final AdminVariable TOKEN =
      new AdminVariable(
          "GITLAB_TOKEN",
          "scope api, of a maintainer of the project or an owner of the group; an access token of"
              + " that project or group will do");

  private static final String ENDPOINT = "CI_API_V4_URL";
  private static final BaseUrl GITLAB = BaseUrl.of("https://gitlab.com/api/v4");
  private static final Pattern WHERE =
      Pattern.compile("(projects|groups)/([^#\\s]+)#([A-Za-z0-9_]{1,255})(?:@(.+))?");

  /// The kind; found by `ServiceLoader`.
  public GitLabVariables() {}

  @Override
  public String name() {
    return "gitlab";
  }

  @Override
  public String usage() {
    return "gitlab:projects/PATH#NAME or gitlab:groups/PATH#NAME, with @SCOPE for one of several"
        + " environment scopes";
  }

  @Override
  public Set<String> hosts() {
    return Set.of("gitlab.com");
  }

  @Override
  public List<AdminVariable> adminVariables() {
    return List.of(TOKEN);
  }

  /// What an authenticated user may ask of gitlab.com in a minute.
  @Override
  public RateLimit limit() {
    return RateLimit.of(2000, Duration.ofMinutes(1));
  }

  @Override
  public Sink open(SinkAddress address, ProviderContext context) {
    Matcher where = WHERE.matcher(address.where());
    if (!where.matches()) {
      throw new IllegalArgumentException("not of the form " + usage());
    }
    BaseUrl base =
        context
            .base(ENDPOINT, GITLAB)
            .orElseThrow(() -> new IllegalArgumentException(ENDPOINT + " holds no URL"));
    return new VariableSink(
        address,
        base,
        "/" + where.group(1) + "/{}/variables/{}",
        List.of(where.group(2), where.group(3)),
        where.group(4),
        context);
  }
}
