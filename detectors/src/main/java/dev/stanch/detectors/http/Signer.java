package dev.stanch.detectors.http;

import java.time.Instant;
import java.util.Map;

/// Makes the headers of providers that want a request signed instead of a credential sent. Asked
/// anew each time the request is sent, because signatures hold a time.
public interface Signer {
  /// The headers to add to a request that will go out like this.
  Map<String, String> sign(Unsigned request, Instant now);

  /// A request as its signature sees it. Prints nothing of its values.
  ///
  /// @param host with the port, where it is not the scheme's own: the value of `Host`
  /// @param path encoded, as it is sent
  /// @param query encoded, without the question mark; empty for none
  record Unsigned(
      Method method,
      String host,
      String path,
      String query,
      Map<String, String> headers,
      Body body) {
    public Unsigned {
      headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
      return "Unsigned[" + method + " " + host + "]";
    }
  }

  /// The bytes of a body.
  final class Body {
    private final byte[] bytes;

    Body(byte[] bytes) {
      this.bytes = bytes;
    }

    /// A copy.
    public byte[] bytes() {
      return bytes.clone();
    }

    @Override
    public String toString() {
      return "Body[" + bytes.length + " bytes]";
    }
  }
}
