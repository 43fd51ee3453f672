package dev.stanch.revokers.provider.huggingface;

import dev.stanch.detectors.http.RateLimit;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.source.space.Hub;
import dev.stanch.revokers.advice.Advisers;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Verifier;
import java.util.List;
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
    return Set.of(Hub.HOST);
  }

  @Override
  public Optional<String> baseUrlVariable() {
    return Optional.of(VARIABLE);
  }

  @Override
  public RateLimit limit() {
    return Hub.PACE;
  }

  @Override
  public List<AdminVariable> adminVariables() {
    return List.of(OrganizationAccess.ADMINISTRATOR, OrganizationAccess.NAME);
  }

  @Override
  public Optional<Verifier> verifier(ProviderContext context) {
    return context
        .base(VARIABLE, Hub.PUBLIC)
        .map(base -> new HuggingFaceVerifier(context.http(), base));
  }

  @Override
  public Optional<Revoker> revoker(ProviderContext context) {
    return context
        .base(VARIABLE, Hub.PUBLIC)
        .map(base -> new HuggingFaceRevoker(context.http(), base, context.credentials()));
  }

  @Override
  public Optional<Adviser> adviser() {
    return Advisers.of(ID.value());
  }

  /// A role covers whatever a fine-grained token may do; of what it may do to whom, the permission
  /// counts.
  @Override
  public boolean covers(String wide, String narrow) {
    String permission = permission(narrow);
    return switch (permission(wide)) {
      case "god" -> true;
      case "write" -> !permission.equals("god");
      case "read" -> permission.equals("read") || permission.endsWith(".read");
      default -> wide.equals(narrow) || wide.equals(permission);
    };
  }

  private static String permission(String scope) {
    int on = scope.indexOf(" on ");
    return on < 0 ? scope : scope.substring(0, on);
  }
}
