package dev.stanch.revokers.provider.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.spi.ProviderContext;
import java.util.Optional;

/// The operator's own key: id, secret and, of temporary credentials, session token.
final class OperatorKey {
  private OperatorKey() {}

  static Optional<AccessKey> find(ProviderContext context, RevealPermit permit) {
    Optional<String> id =
        Optional.ofNullable(context.environment().get(AwsProvider.ID.name()))
            .filter(value -> !value.isBlank())
            .or(() -> context.credentials().find(AwsProvider.ID).map(each -> text(each, permit)));
    Optional<String> session =
        context.credentials().find(AwsProvider.SESSION).map(each -> text(each, permit));
    return id.flatMap(
        keyId ->
            context
                .credentials()
                .find(AwsProvider.SECRET)
                .map(
                    secret ->
                        secret.reveal(
                            permit,
                            bytes -> new AccessKey(keyId.strip(), bytes, session.orElse(null)))));
  }

  private static String text(Secret secret, RevealPermit permit) {
    return secret.reveal(permit, bytes -> new String(bytes, ISO_8859_1));
  }
}
