package dev.stanch.detectors.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Stands between this process and the system's resolver: a name that was put under guard resolves
/// to public addresses or not at all, whoever asks and whenever. So there is no moment between a
/// check and a connection at which the name could come to mean a private address.
///
/// The JDK makes the one instance of it (`META-INF/services`), so what it guards cannot be handed
/// in: the static map of names, which only ever grows, is the price. Other names pass untouched.
/// docs/adr/0003-addresses.md says why it is done here.
public final class AddressGuard extends InetAddressResolverProvider {
  /// Answered by the guard itself, so that a client can tell whether it is in force.
  private static final String PROOF = "address-guard.stanch.invalid";

  private static final Map<String, LastAnswer> GUARDED = new ConcurrentHashMap<>();

  /// What the last look-up of a guarded name came to.
  private enum LastAnswer {
    NONE_YET,
    PUBLIC,
    REFUSED
  }

  /// For the JDK.
  public AddressGuard() {}

  /// Puts a host under guard, for as long as the process lives.
  static void guard(String host) {
    GUARDED.putIfAbsent(key(host), LastAnswer.NONE_YET);
  }

  /// Whether the last look-up of a guarded host was refused for a private address.
  static boolean refused(String host) {
    return GUARDED.get(key(host)) == LastAnswer.REFUSED;
  }

  /// Whether look-ups of this process pass through the guard. Not so where a program that embeds us
  /// has a resolver of its own, or loads us beside its class path.
  static boolean inForce() {
    try {
      return InetAddress.getAllByName(PROOF)[0].isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return over(configuration.builtinResolver());
  }

  @Override
  public String name() {
    return "Stanch's address guard";
  }

  /// The guard over any resolver.
  static InetAddressResolver over(InetAddressResolver resolver) {
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        if (host.equals(PROOF)) {
          return Stream.of(InetAddress.getLoopbackAddress());
        }
        Stream<InetAddress> found = resolver.lookupByName(host, policy);
        return GUARDED.containsKey(key(host)) ? checked(host, found.toList()) : found;
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return resolver.lookupByAddress(address);
      }
    };
  }

  /// One private address among public ones is refused with them: a provider has none.
  private static Stream<InetAddress> checked(String host, List<InetAddress> found)
      throws UnknownHostException {
    if (found.stream().allMatch(AddressRules::isPublic)) {
      GUARDED.put(key(host), LastAnswer.PUBLIC);
      return found.stream();
    }
    GUARDED.put(key(host), LastAnswer.REFUSED);
    throw new UnknownHostException(host + " resolves to an address that is not public");
  }

  private static String key(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
