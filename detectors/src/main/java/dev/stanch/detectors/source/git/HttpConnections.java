package dev.stanch.detectors.source.git;

import dev.stanch.detectors.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
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
    var connection = new Watched(url, proxy, advertisement);
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
