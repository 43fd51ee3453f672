package dev.stanch.detectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BaseUrlTest {
  @ParameterizedTest
  @CsvSource({
    "https://api.example.com, https://api.example.com, 443, false",
    "HTTPS://API.Example.COM/, https://api.example.com, 443, false",
    "https://api.example.com./v1/, https://api.example.com/v1, 443, false",
    "https://api.example.com:8443/a/b, https://api.example.com:8443/a/b, 8443, false",
    "http://127.0.0.1:8080, http://127.0.0.1:8080, 8080, true",
    "http://localhost, http://localhost, 80, true",
    "http://[::1]:99/x, http://[::1]:99/x, 99, true",
    "https://localhost.example.com, https://localhost.example.com, 443, false",
  })
  void readsAUrl(String text, String canonical, int port, boolean loopback) throws Exception {
    BaseUrl url = BaseUrl.parse(text);
    assertThat(url.toString()).isEqualTo(canonical);
    assertThat(url.port()).isEqualTo(port);
    assertThat(url.loopback()).isEqualTo(loopback);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api.example.com",
        "http://api.example.com",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://10.0.0.1",
        "ftp://localhost",
        "file:///etc/passwd",
        "https://",
        "https://a_b.example.com",
        "https://api.example.com?x=1",
        "https://api.example.com/#x",
        "https://api.example.com/a/../b",
        "https://api.example.com//b",
        "https://api.example.com:0",
        "https://api.example.com:70000",
        "https://api.example.com /",
        "https://api.example.com\\@evil.example",
      })
  void refusesWhatIsNoBase(String text) {
    assertThatThrownBy(() -> BaseUrl.parse(text)).isInstanceOf(BadUrlException.class);
  }

  @Test
  void neverRepeatsAPassword() {
    String password = "pass" + "word-in-url";
    assertThatThrownBy(() -> BaseUrl.parse("https://user:" + password + "@api.example.com"))
        .isInstanceOf(BadUrlException.class)
        .hasMessageNotContaining(password);
    assertThatThrownBy(() -> BaseUrl.parse("https://user:" + password + "^@api.example.com"))
        .isInstanceOf(BadUrlException.class)
        .hasNoCause()
        .hasMessageNotContaining(password);
  }
}
