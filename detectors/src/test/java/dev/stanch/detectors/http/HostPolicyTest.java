package dev.stanch.detectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostPolicyTest {
  private static final HostPolicy POLICY =
      HostPolicy.of(
          List.of("api.example.com", "*.tenant.example", "sts.*.cloud.example"),
          List.of(
              HostPattern.parse("mirror.corp.example"),
              HostPattern.parse("10.1.2.3:8200"),
              HostPattern.parse("*.apps.corp.example")));

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com, Own",
    "https://API.example.com/v1, Own",
    "https://acme.tenant.example, Own",
    "https://sts.eu-1.cloud.example, Own",
    "http://127.0.0.1:4711, Loopback",
    "https://localhost:4711, Loopback",
    "http://[::1]:1, Loopback",
    "https://mirror.corp.example, AllowedByUser",
    "https://mirror.corp.example:8443/hub, AllowedByUser",
    "https://10.1.2.3:8200, AllowedByUser",
    "https://x.apps.corp.example, AllowedByUser",
    // the provider's name on another port, above, below, beside, or as a part of another
    "https://api.example.com:8443, Refused",
    "https://example.com, Refused",
    "https://x.api.example.com, Refused",
    "https://api.example.com.evil.example, Refused",
    "https://xapi.example.com, Refused",
    "https://tenant.example, Refused",
    "https://a.b.tenant.example, Refused",
    "https://evil-tenant.example, Refused",
    "https://sts.evil.example, Refused",
    "https://sts.a.b.cloud.example, Refused",
    "https://10.1.2.3, Refused",
    "https://10.1.2.4:8200, Refused",
    "https://192.168.0.1, Refused",
  })
  void decides(String url, String decision) {
    assertThat(POLICY.decide(BaseUrl.of(url)).getClass().getSimpleName()).isEqualTo(decision);
  }

  @Test
  void onlyTheUsersWordOpensPrivateAddresses() {
    assertThat(POLICY.decide(BaseUrl.of("https://api.example.com")).allowsPrivateAddress())
        .isFalse();
    assertThat(POLICY.decide(BaseUrl.of("https://10.1.2.3:8200")).allowsPrivateAddress()).isTrue();
    assertThat(POLICY.decide(BaseUrl.of("https://other.example")).allows()).isFalse();
  }

  @Test
  void aBaseUrlFromAVariableIsForTheUsersOwnCredentialsOnly() {
    BaseUrl vault = BaseUrl.of("https://vault.corp.example:8200");
    assertThat(POLICY.decide(vault)).isInstanceOf(HostPolicy.Decision.Refused.class);
    HostPolicy own = POLICY.forOwnCredentials(vault);
    assertThat(own.decide(vault)).isEqualTo(new HostPolicy.Decision.OwnCredentialsOnly());
    assertThat(own.decide(BaseUrl.of("https://vault.corp.example")).allows()).isFalse();
    assertThat(POLICY.decide(vault).allows()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*.com",
        "a.*.com",
        "ex*.tenant.example",
        "https://a.example",
        "a.example/x",
        "a.example:0",
        "a.example:99999999",
        "a b.example",
        "**.tenant.example"
      })
  void refusesPatternsThatAreTooWideOrNone(String text) {
    assertThatThrownBy(() -> HostPattern.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
