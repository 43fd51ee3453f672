package dev.stanch.revokers.provider.plain;

import static dev.stanch.revokers.provider.plain.PlainBench.found;
import static dev.stanch.revokers.provider.plain.PlainBench.revoker;
import static dev.stanch.revokers.provider.plain.PlainBench.transport;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.fixtures.FakeKey;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Tenant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The operator's ways of signing in to Google: the file of its tools in place of an access token.
final class SessionsTest {
  private static final RevealPermit PERMIT = RevealPermit.grant("test");
  private static final String FILE = "GOOGLE_APPLICATION_CREDENTIALS";

  private static void signsIn(FakeProvider fake, String file) throws Exception {
    try (Transport transport = transport()) {
      Revoker revoker = revoker(fake, transport, Map.of(FILE, file));
      assertThat(revoker.tenant(PERMIT))
          .isEqualTo(new Tenant.Known("ops@acme.example", "ops@acme.example"));
      assertThat(revoker.locate(found(fake, fake.key("live")), PERMIT))
          .isInstanceOf(Target.Located.class);
    }
  }

  @Test
  void asAUser() throws Exception {
    try (var fake = new FakeProvider("gcp")) {
      signsIn(
          fake,
          """
          {"type": "authorized_user", "client_id": "client-1", "client_secret": "not-checked",
           "refresh_token": "%s"}
          """
              .formatted(fake.key("refresh").token()));
    }
  }

  @Test
  void asAServiceAccount() throws Exception {
    try (var fake = new FakeProvider("gcp")) {
      FakeKey key = fake.issue("service-account-key", "acme", "live");
      signsIn(
          fake,
          """
          {"type": "service_account", "private_key_id": "%s", "client_email": "%s",
           "private_key": "%s"}
          """
              .formatted(
                  key.fields().path("id").asText(),
                  key.fields().path("email").asText(),
                  key.token()));
    }
  }

  @Test
  void notWithAFileOfAnotherKind() throws Exception {
    try (var fake = new FakeProvider("gcp");
        Transport transport = transport()) {
      Revoker revoker = revoker(fake, transport, Map.of(FILE, "{\"type\": \"external_account\"}"));
      assertThat(revoker.tenant(PERMIT)).isInstanceOf(Tenant.Unknown.class);
      assertThat(revoker.locate(found(fake, fake.key("live")), PERMIT))
          .isInstanceOf(Target.Unclear.class);
      assertThat(fake.requests()).isEmpty();
    }
  }
}
