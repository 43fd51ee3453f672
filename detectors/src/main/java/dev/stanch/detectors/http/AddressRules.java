package dev.stanch.detectors.http;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/// Which addresses are the public internet's: no host of a provider has any other.
///
/// The ranges are those of the IANA special-purpose registries
/// (<https://www.iana.org/assignments/iana-ipv4-special-registry>,
/// <https://www.iana.org/assignments/iana-ipv6-special-registry>) and the addresses at which clouds
/// serve credentials to their machines.
final class AddressRules {
  private static final List<Range> NOT_PUBLIC =
      List.of(
          Range.of("0.0.0.0", 8), // this network
          Range.of("10.0.0.0", 8),
          Range.of("100.64.0.0", 10), // carriers' NAT; one cloud's metadata
          Range.of("127.0.0.0", 8),
          Range.of("168.63.129.16", 32), // a cloud's service for its machines, in a public range
          Range.of("169.254.0.0", 16), // link-local; most clouds' metadata
          Range.of("172.16.0.0", 12),
          Range.of("192.0.0.0", 24), // protocol assignments; one cloud's metadata
          Range.of("192.0.2.0", 24), // documentation
          Range.of("192.88.99.0", 24), // 6to4 relays
          Range.of("192.168.0.0", 16),
          Range.of("198.18.0.0", 15), // benchmarks
          Range.of("198.51.100.0", 24), // documentation
          Range.of("203.0.113.0", 24), // documentation
          Range.of("224.0.0.0", 4), // multicast
          Range.of("240.0.0.0", 4), // reserved, broadcast
          Range.of("2001::", 23), // Teredo and other protocol assignments
          Range.of("2001:db8::", 32), // documentation
          Range.of("2002::", 16), // 6to4: holds any IPv4 address
          Range.of("3fff::", 20)); // documentation

  private static final Range GLOBAL_UNICAST = Range.of("2000::", 3);
  private static final Range NAT64 = Range.of("64:ff9b::", 96);

  private AddressRules() {}

  /// Whether a provider may live at `address`.
  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return NOT_PUBLIC.stream().noneMatch(range -> range.holds(bytes));
    }
    if (NAT64.holds(bytes)) {
      byte[] embedded = Arrays.copyOfRange(bytes, 12, 16);
      return NOT_PUBLIC.stream().noneMatch(range -> range.holds(embedded));
    }
    // Of IPv6 only this one range is in public use: loopback, mapped, link-local, unique local and
    // multicast addresses lie outside it.
    return GLOBAL_UNICAST.holds(bytes)
        && NOT_PUBLIC.stream().noneMatch(range -> range.holds(bytes));
  }

  /// The addresses that share their first bits.
  private record Range(BigInteger prefix, int bits, int length) {
    static Range of(String address, int bits) {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      return new Range(first(bytes, bits), bits, bytes.length);
    }

    boolean holds(byte[] address) {
      return address.length == length && first(address, bits).equals(prefix);
    }

    private static BigInteger first(byte[] address, int bits) {
      return new BigInteger(1, address).shiftRight(address.length * 8 - bits);
    }
  }
}
