package dev.stanch.revokers.sink.vault;

import dev.stanch.detectors.http.RateLimit;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import dev.stanch.revokers.spi.SinkKind;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fields of secrets in the key-value engine, version 2, of Vault and OpenBao. Facts:
/// <https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2>.
public final class VaultSinks implements SinkKind {
  static final AdminVariable TOKEN =
      new AdminVariable(
          "VAULT_TOKEN",
          "read and patch on MOUNT/data/PATH (or read and update), of version 2 of the key-value"
              + " engine");

  private static final Pattern WHERE =
      Pattern.compile("((?:[^/#?\\s]+/)+[^/#?\\s]+)#([^#/\\s][^#]*)");

  /// The kind; found by `ServiceLoader`.
  public VaultSinks() {}

  @Override
  public String name() {
    return "vault";
  }

  @Override
  public String usage() {
    return "vault:MOUNT/PATH#FIELD";
  }

  @Override
  public List<AdminVariable> adminVariables() {
    return List.of(TOKEN);
  }

  /// A server of one's own has no limit unless a quota was set.
  @Override
  public RateLimit limit() {
    return RateLimit.of(50, Duration.ofSeconds(1));
  }

  @Override
  public Sink open(SinkAddress address, ProviderContext context) {
    Matcher where = WHERE.matcher(address.where());
    if (!where.matches()) {
      throw new IllegalArgumentException("not of the form " + usage());
    }
    return new VaultSink(address, where.group(1), where.group(2), context);
  }
}
