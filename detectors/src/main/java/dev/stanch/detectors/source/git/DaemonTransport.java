package dev.stanch.detectors.source.git;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PackTransport;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.TcpTransport;
import org.eclipse.jgit.transport.URIish;

/// Fetches by the `git://` protocol. JGit's own transport for it gives nobody a look at how much a
/// server says.
final class DaemonTransport extends TcpTransport implements PackTransport {
  private static final int PORT = 9418;

  private final Advertisement advertisement;

  DaemonTransport(Repository local, URIish address, Advertisement advertisement) {
    super(local, address);
    this.advertisement = advertisement;
  }

  @Override
  public FetchConnection openFetch() throws TransportException {
    return new Fetching();
  }

  @Override
  public PushConnection openPush() throws NotSupportedException {
    throw new NotSupportedException("nothing is ever pushed");
  }

  @Override
  public void close() {
    // Each connection closes its own socket.
  }

  private final class Fetching extends BasePackFetchConnection {
    private final Socket socket = new Socket();

    Fetching() throws TransportException {
      super(DaemonTransport.this);
      try {
        int port = uri.getPort() > 0 ? uri.getPort() : PORT;
        socket.connect(
            new InetSocketAddress(InetAddress.getByName(uri.getHost()), port), 1000 * getTimeout());
        // An interrupt, which is what JGit's own clock sends, does not end a read of a socket.
        socket.setSoTimeout(1000 * getTimeout());
        init(
            new BufferedInputStream(advertisement.heardFrom(socket.getInputStream())),
            new BufferedOutputStream(socket.getOutputStream()));
        String host = uri.getHost() + (uri.getPort() > 0 ? ":" + uri.getPort() : "");
        pckOut.writeString("git-upload-pack " + uri.getPath() + "\0host=" + host + "\0");
        pckOut.flush();
      } catch (IOException e) {
        close();
        throw new TransportException(uri, String.valueOf(e.getMessage()), e);
      }
      readAdvertisedRefs();
    }

    @Override
    public void close() {
      super.close();
      try {
        socket.close();
      } catch (IOException _) {
        // Nothing is left to be lost.
      }
    }
  }
}
