package com.example.acme;

import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Verifier;
import java.util.Optional;
import java.util.Set;

/// The deployment service of Acme, a company: its tokens begin with `acme_`.
public final class AcmeProvider implements Provider {
  private static final String VARIABLE = "ACME_DEPLOY_URL";
  private static final BaseUrl USUAL = BaseUrl.of("https://deploy.acme.example");

  /// Found by `ServiceLoader`.
  public AcmeProvider() {}

  @Override
  public ProviderId id() {
    return new ProviderId("acme-deploy");
  }

  @Override
  public String name() {
    return "Acme Deploy";
  }

  @Override
  public Set<String> hosts() {
    return Set.of(USUAL.host());
  }

  @Override
  public Optional<String> baseUrlVariable() {
    return Optional.of(VARIABLE);
  }

  @Override
  public Optional<Verifier> verifier(ProviderContext context) {
    return context.base(VARIABLE, USUAL).map(base -> new AcmeVerifier(context.http(), base));
  }

  @Override
  public Optional<Revoker> revoker(ProviderContext context) {
    return context.base(VARIABLE, USUAL).map(base -> new AcmeRevoker(context.http(), base));
  }
}
