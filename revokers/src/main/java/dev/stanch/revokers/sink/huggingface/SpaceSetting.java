package dev.stanch.revokers.sink.huggingface;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.RateLimit;
import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.source.space.Hub;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import dev.stanch.revokers.spi.SinkKind;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a Space is set up with. Facts: <https://huggingface.co/docs/hub/spaces-overview> and
/// `hf_api.py` of huggingface_hub.
abstract class SpaceSetting implements SinkKind {
  static final AdminVariable TOKEN =
      new AdminVariable(
          "HF_TOKEN", "repo.write on the Space, or the role write of one of its owners");

  private static final String ENDPOINT = "HF_ENDPOINT";
  private static final Pattern WHERE =
      Pattern.compile("([A-Za-z0-9._-]+)/([A-Za-z0-9._-]+)#([A-Za-z][A-Za-z0-9_]*)");

  private final String what;
  private final Time time;

  /// @param what `secret` or `variable`
  SpaceSetting(String what, Time time) {
    this.what = requireNonNull(what, "what");
    this.time = requireNonNull(time, "time");
  }

  @Override
  public String name() {
    return "space-" + what;
  }

  @Override
  public String usage() {
    return name() + ":OWNER/SPACE#NAME";
  }

  @Override
  public Set<String> hosts() {
    return Set.of(Hub.HOST);
  }

  @Override
  public List<AdminVariable> adminVariables() {
    return List.of(TOKEN);
  }

  @Override
  public RateLimit limit() {
    return Hub.PACE;
  }

  @Override
  public Sink open(SinkAddress address, ProviderContext context) {
    Matcher where = WHERE.matcher(address.where());
    if (!where.matches()) {
      throw new IllegalArgumentException("not of the form " + usage());
    }
    BaseUrl hub =
        context
            .base(ENDPOINT, Hub.PUBLIC)
            .orElseThrow(() -> new IllegalArgumentException(ENDPOINT + " holds no URL"));
    var space = new Space(hub, where.group(1), where.group(2), context, time);
    return open(address, space, where.group(3));
  }

  abstract Sink open(SinkAddress address, Space space, String name);
}
