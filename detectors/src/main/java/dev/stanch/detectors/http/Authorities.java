package dev.stanch.detectors.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Who may vouch for a host: the JDK's authorities, and those in the files that our variable and
/// the usual ones name. They are added: no variable takes trust away.
final class Authorities {
  private static final List<String> VARIABLES =
      List.of(
          "STANCH_CA_BUNDLE",
          "SSL_CERT_FILE",
          "REQUESTS_CA_BUNDLE",
          "CURL_CA_BUNDLE",
          "NODE_EXTRA_CA_CERTS",
          "AWS_CA_BUNDLE");

  private Authorities() {}

  /// A context that trusts more than the JDK does; empty where no variable names anything.
  static Optional<SSLContext> from(Map<String, String> variables) throws TransportException {
    return managers(variables, VARIABLES).map(Authorities::context);
  }

  /// What trusts as [#from] does, and those that one more variable names.
  static Optional<TrustManager[]> managers(Map<String, String> variables, String besides)
      throws TransportException {
    var all = new ArrayList<String>(VARIABLES);
    all.add(besides);
    return managers(variables, all);
  }

  private static Optional<TrustManager[]> managers(
      Map<String, String> variables, List<String> names) throws TransportException {
    var added = new ArrayList<Certificate>();
    for (String variable : names) {
      String file = variables.getOrDefault(variable, "");
      if (!file.isEmpty()) {
        added.addAll(read(variable, file));
      }
    }
    return added.isEmpty() ? Optional.empty() : Optional.of(trusting(added));
  }

  private static SSLContext context(TrustManager[] managers) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK speaks TLS", e);
    }
  }

  private static List<Certificate> read(String variable, String file) throws TransportException {
    try {
      var factory = CertificateFactory.getInstance("X.509");
      var in = new ByteArrayInputStream(Files.readAllBytes(Path.of(file)));
      List<Certificate> read = List.copyOf(factory.generateCertificates(in));
      if (read.isEmpty()) {
        throw new TransportException(variable, "no certificate in " + file);
      }
      return read;
    } catch (InvalidPathException | IOException _) {
      throw new TransportException(variable, "cannot read " + file);
    } catch (CertificateException _) {
      throw new TransportException(variable, "not certificates in PEM form: " + file);
    }
  }

  private static TrustManager[] trusting(List<Certificate> added) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int alias = 0;
      for (Certificate authority : added) {
        store.setCertificateEntry("added-" + alias++, authority);
      }
      for (X509Certificate authority : jdkAuthorities()) {
        store.setCertificateEntry("jdk-" + alias++, authority);
      }
      return managers(store);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JDK can trust certificates", e);
    }
  }

  private static List<X509Certificate> jdkAuthorities() throws GeneralSecurityException {
    var authorities = new ArrayList<X509Certificate>();
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager x509) {
        authorities.addAll(List.of(x509.getAcceptedIssuers()));
      }
    }
    return authorities;
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
