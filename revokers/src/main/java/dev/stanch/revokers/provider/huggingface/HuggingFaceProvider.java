package dev.stanch.revokers.provider.huggingface;

import dev.stanch.detectors.model.ProviderId;
import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Verifier;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/// The Hugging Face Hub. Facts: <https://huggingface.co/docs/hub/security-tokens> and its published
/// OpenAPI.
public final class HuggingFaceProvider implements Provider {
  private static final ProviderId ID = new ProviderId("huggingface");
  private static final String VARIABLE = "HF_ENDPOINT";

  /// The provider; found by `ServiceLoader`.
  public HuggingFaceProvider() {}

  @Override
  public ProviderId id() {
    return ID;
  }

  @Override
  public String name() {
    return "Hugging Face";
  }

  @Override
  public Set<String> hosts() {
    return Set.of("huggingface.co");
  }

  @Override
  public Optional<String> baseUrlVariable() {
    return Optional.of(VARIABLE);
  }

  @Override
  public Optional<Verifier> verifier(ProviderContext context) {
    return Optional.of(new HuggingFaceVerifier(context.http(), base(context)));
  }

  @Override
  public Optional<Revoker> revoker(ProviderContext context) {
    return Optional.of(new HuggingFaceRevoker(context.http(), base(context)));
  }

  @Override
  public Optional<Adviser> adviser() {
    return Optional.of(new HuggingFaceAdviser());
  }

  private static URI base(ProviderContext context) {
    String endpoint = context.environment().getOrDefault(VARIABLE, "https://huggingface.co");
    return URI.create(endpoint.endsWith("/") ? endpoint : endpoint + "/");
  }
}
