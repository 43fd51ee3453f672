package dev.stanch.detectors.source.git;

import dev.stanch.detectors.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.jspecify.annotations.Nullable;

/// JGit's connections to a server of git over HTTP, by the ways that all our calls take.
final class HttpConnections implements HttpConnectionFactory {
  private final Routes routes;
  private final Advertisement advertisement;

  HttpConnections(Routes routes, Advertisement advertisement) {
    this.routes = routes;
    this.advertisement = advertisement;
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    Proxy proxy = routes.proxy(URI.create(url.getProtocol() + "://" + url.getHost() + port));
    var connection = new Watched(loggingIn(url), proxy, advertisement);
    Optional<TrustManager[]> trusted = routes.trusted();
    if (trusted.isPresent() && url.getProtocol().equals("https")) {
      try {
        connection.configure(null, trusted.get(), null);
      } catch (GeneralSecurityException e) {
        throw new IOException(e);
      }
    }
    return connection;
  }

  /// The same address, whose connections know the proxy's login: without one of its own a
  /// connection asks what is set for the whole process.
  private URL loggingIn(URL url) throws MalformedURLException {
    Authenticator login = routes.proxyLogin().orElse(null);
    if (login == null) {
      return url;
    }
    var handler =
        new URLStreamHandler() {
          @Override
          protected URLConnection openConnection(URL named) throws IOException {
            return openConnection(named, Proxy.NO_PROXY);
          }

          @Override
          protected URLConnection openConnection(URL named, Proxy proxy) throws IOException {
            URLConnection opened = url.openConnection(proxy);
            if (opened instanceof HttpURLConnection http) {
              http.setAuthenticator(login);
            }
            return opened;
          }
        };
    return URL.of(URI.create(url.toExternalForm()), handler);
  }

  /// JGit's choice of a proxy is that of the JDK, which knows no variables.
  @Override
  public HttpConnection create(URL url, Proxy ofJdk) throws IOException {
    return create(url);
  }

  /// A connection whose answer is counted as what it unpacks to: JGit would unpack it without end.
  private static final class Watched extends JDKHttpConnection {
    private static final String ENCODING = "Content-Encoding";

    private final Advertisement advertisement;
    private @Nullable InputStream opened;

    Watched(URL url, Proxy proxy, Advertisement advertisement) throws IOException {
      super(url, proxy);
      this.advertisement = advertisement;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      InputStream in = opened;
      if (in == null) {
        in = super.getInputStream();
        if ("gzip".equals(super.getHeaderField(ENCODING))) {
          in = new GZIPInputStream(in);
        }
        in = advertisement.heardFrom(in);
        opened = in;
      }
      return in;
    }

    @Override
    public @Nullable String getHeaderField(String name) {
      return name.equals(ENCODING) ? null : super.getHeaderField(name);
    }
  }
}
