package dev.stanch.detectors.http;

import static dev.stanch.detectors.http.LoopbackServer.answer;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stanch.detectors.http.Outcome.Unreachable.Cause;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Proxies and certificates.
@Timeout(60)
final class TransportTest {
  private static final String HOST = "api.proxied.example";
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;

  @Test
  void callsThroughAProxyThatSeesNoMoreThanTheHost() throws Exception {
    KeyStore keys = certificateFor(HOST);
    try (var tls = tlsServer(keys);
        var proxy = new LoopbackServer((socket, _, _) -> tunnel(socket, tls.port()))) {
      Outcome outcome =
          send(
              Map.of(
                  "HTTPS_PROXY",
                  "http://me:pa%40ss+@127.0.0.1:" + proxy.port(),
                  "STANCH_CA_BUNDLE",
                  bundle(keys).toString()),
              HostPolicy.of(List.of(HOST), List.of()),
              Request.get(BaseUrl.of("https://" + HOST), "/me").bearer("s3cr3t".getBytes(UTF_8)));
      assertThat(((Answer) outcome).status()).isEqualTo(200);
      assertThat(proxy.heads().getFirst())
          .startsWith("CONNECT " + HOST + ":443 HTTP/1.1\r\n")
          .contains(
              "Proxy-Authorization: Basic "
                  + Base64.getEncoder().encodeToString("me:pa@ss+".getBytes(UTF_8)))
          .doesNotContain("s3cr3t");
      assertThat(tls.heads().getFirst())
          .contains("Host: " + HOST, "Bearer s3cr3t")
          .doesNotContain("Proxy-Authorization");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"401 No", "403 No", "407 Who", "302 Portal", "502 Bad", "500 Oops"})
  void theProxysRefusalIsNotTheProviders(String status) throws Exception {
    try (var proxy =
        LoopbackServer.answering(answer(status, "Location: https://x.example\r\n", ""))) {
      Outcome outcome =
          send(
              Map.of("https_proxy", "127.0.0.1:" + proxy.port()),
              HostPolicy.of(List.of(HOST), List.of()),
              Request.get(BaseUrl.of("https://" + HOST), "/me").bearer("s3cr3t".getBytes(UTF_8)));
      assertThat(outcome).isEqualTo(new Outcome.Unreachable(Cause.PROXY, false));
      assertThat(proxy.heads()).hasSize(1).allMatch(head -> !head.contains("s3cr3t"));
    }
  }

  @Test
  void aProxyThatPosesAsTheProviderIsFoundOut() throws Exception {
    try (var impostor = tlsServer(certificateFor(HOST));
        var proxy = new LoopbackServer((socket, _, _) -> tunnel(socket, impostor.port()))) {
      Outcome outcome =
          send(
              Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port()),
              HostPolicy.of(List.of(HOST), List.of()),
              Request.get(BaseUrl.of("https://" + HOST), "/me").bearer("s3cr3t".getBytes(UTF_8)));
      assertThat(outcome).isEqualTo(new Outcome.Unreachable(Cause.TLS, false));
      assertThat(impostor.heads()).isEmpty();
    }
  }

  @Test
  void loopbackIsNeverProxied() throws Exception {
    try (var server = LoopbackServer.answering(answer("200 OK", "", ""));
        var proxy = LoopbackServer.answering(answer("200 OK", "", ""))) {
      send(
          Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port(), "ALL_PROXY", "x:1"),
          HostPolicy.of(List.of(), List.of()),
          Request.get(server.url(), "/me"));
      assertThat(server.heads()).hasSize(1);
      assertThat(proxy.heads()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | https://api.example.com | true",
        "* | https://api.example.com | false",
        "example.com | https://api.example.com | false",
        ".example.com | https://api.example.com | false",
        "*.example.com | https://api.example.com | false",
        "EXAMPLE.com | https://api.example.com | false",
        "xample.com | https://api.example.com | true",
        "a.b, api.example.com | https://api.example.com | false",
        "api.example.com:443 | https://api.example.com | false",
        "api.example.com:8443 | https://api.example.com | true",
        "10.0.0.0/8 | https://10.1.2.3 | false",
        "10.0.0.0/8 | https://11.1.2.3 | true",
        "10.0.0.0/99 | https://10.1.2.3 | true",
        "fd00::/8 | https://[fd00::1] | false",
        "fd00::1 | https://[fd00::1] | false",
        "10.0.0.0/8 | https://api.example.com | true",
        "'' | https://localhost | false",
      })
  void knowsWhatGoesDirectly(String exceptions, String url, boolean proxied) throws Exception {
    Proxies proxies =
        Proxies.from(
            Map.of("HTTPS_PROXY", "http://proxy.example:3128", "NO_PROXY", exceptions),
            java.net.ProxySelector.of(null));
    assertThat(proxies.proxied(BaseUrl.of(url))).isEqualTo(proxied);
  }

  @Test
  void withoutVariablesTheJdksSelectorDecides() throws Exception {
    var jdk = java.net.ProxySelector.of(java.net.InetSocketAddress.createUnresolved("p", 1));
    Proxies proxies = Proxies.from(Map.of(), jdk);
    assertThat(proxies.proxied(BaseUrl.of("https://api.example.com"))).isTrue();
    assertThat(proxies.proxied(BaseUrl.of("http://127.0.0.1"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"socks5://me:secret@p:1", "https://me:secret@p", "http://me:secret^@p", "http://"})
  void aProxyThatCannotBeUsedIsNotPassedOver(String proxy) {
    assertThatThrownBy(() -> transport(Map.of("HTTPS_PROXY", proxy)))
        .isInstanceOf(TransportException.class)
        .hasMessageStartingWith("HTTPS_PROXY: ")
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  @Test
  void trustsNobodyElsesCertificateUnlessTold() throws Exception {
    KeyStore keys = certificateFor("localhost");
    for (String variable : List.of("STANCH_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS")) {
      try (var server = tlsServer(keys)) {
        Request request = Request.get(BaseUrl.of("https://localhost:" + server.port()), "/me");
        HostPolicy policy = HostPolicy.of(List.of(), List.of());
        assertThat(send(Map.of(), policy, request))
            .isEqualTo(new Outcome.Unreachable(Cause.TLS, false));
        assertThat(server.heads()).isEmpty();
        assertThat(send(Map.of(variable, bundle(keys).toString()), policy, request))
            .isInstanceOf(Answer.class);
      }
    }
  }

  @Test
  void aTrustedCertificateForAnotherNameIsNoGood() throws Exception {
    KeyStore keys = certificateFor("other.example");
    try (var server = tlsServer(keys)) {
      assertThat(
              send(
                  Map.of("STANCH_CA_BUNDLE", bundle(keys).toString()),
                  HostPolicy.of(List.of(), List.of()),
                  Request.get(BaseUrl.of("https://localhost:" + server.port()), "/me")))
          .isEqualTo(new Outcome.Unreachable(Cause.TLS, false));
    }
  }

  @Test
  void aBundleThatCannotBeReadIsNotPassedOver() throws Exception {
    Path none = Files.writeString(folder.resolve("none.pem"), "nothing\n");
    for (Path file : List.of(none, folder.resolve("missing.pem"), folder)) {
      assertThatThrownBy(() -> transport(Map.of("SSL_CERT_FILE", file.toString())))
          .isInstanceOf(TransportException.class)
          .hasMessageStartingWith("SSL_CERT_FILE: ");
    }
  }

  private static Transport transport(Map<String, String> variables) throws TransportException {
    return new Transport(variables, "stanch/1", Time.system(), new Random(1));
  }

  private static Outcome send(Map<String, String> variables, HostPolicy policy, Request request)
      throws Exception {
    try (Transport transport = transport(variables)) {
      var limiter = new Limiter(RateLimit.undocumented(), Time.system());
      return new Http(transport, policy, limiter, HttpSettings.usual()).send(request.once());
    }
  }

  /// Lets the client through to a port of ours, whatever it asked for.
  private static void tunnel(Socket client, int port) throws Exception {
    client.getOutputStream().write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(ISO_8859_1));
    try (var server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      Thread.startVirtualThread(
          () -> {
            try {
              client.getInputStream().transferTo(server.getOutputStream());
            } catch (java.io.IOException _) {
              // one side is done
            }
          });
      server.getInputStream().transferTo(client.getOutputStream());
    }
  }

  private static LoopbackServer tlsServer(KeyStore keys) throws Exception {
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    ServerSocket listener =
        context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    return new LoopbackServer(
        listener, (_, out, _) -> out.write(answer("200 OK", "", "").getBytes(ISO_8859_1)));
  }

  /// A key and a certificate that vouches for itself, made by the JDK's own tool.
  private KeyStore certificateFor(String host) throws Exception {
    Path file = folder.resolve(host + "-" + System.nanoTime() + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "SAN=dns:" + host,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }

  private Path bundle(KeyStore keys) throws Exception {
    byte[] der = keys.getCertificate("mykey").getEncoded();
    return Files.writeString(
        folder.resolve("bundle.pem"),
        "# ours\n-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END CERTIFICATE-----\n");
  }
}
