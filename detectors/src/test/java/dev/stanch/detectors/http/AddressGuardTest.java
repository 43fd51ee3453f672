package dev.stanch.detectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AddressGuardTest {
  private static final LookupPolicy ANY = LookupPolicy.of(LookupPolicy.IPV4 | LookupPolicy.IPV6);

  @Test
  void isInForceForTheWholeProcess() {
    assertThat(AddressGuard.inForce()).isTrue();
  }

  @Test
  void aNameThatComesToMeanAPrivateAddressIsRefusedAtThatLookUp() throws Exception {
    AddressGuard.guard("rebinding.test.example");
    InetAddressResolver resolver =
        AddressGuard.over(
            scripted(List.of(List.of("1.1.1.1"), List.of("169.254.169.254"), List.of("::1"))));

    assertThat(resolver.lookupByName("rebinding.test.example", ANY))
        .containsExactly(InetAddress.ofLiteral("1.1.1.1"));
    assertThat(AddressGuard.refused("rebinding.test.example")).isFalse();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> resolver.lookupByName("rebinding.test.example", ANY))
          .isInstanceOf(UnknownHostException.class);
      assertThat(AddressGuard.refused("rebinding.test.example")).isTrue();
    }
  }

  @Test
  void onePrivateAddressAmongPublicOnesIsOneTooMany() {
    AddressGuard.guard("mixed.test.example");
    InetAddressResolver resolver =
        AddressGuard.over(scripted(List.of(List.of("1.1.1.1", "10.0.0.1", "2a00::1"))));
    assertThatThrownBy(() -> resolver.lookupByName("mixed.test.example", ANY))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void spellingANameDifferentlyDoesNotGetPast() {
    AddressGuard.guard("spelt.test.example");
    InetAddressResolver resolver =
        AddressGuard.over(scripted(List.of(List.of("10.0.0.1"), List.of("10.0.0.1"))));
    for (String name : List.of("SPELT.test.Example", "spelt.test.example.")) {
      assertThatThrownBy(() -> resolver.lookupByName(name, ANY))
          .isInstanceOf(UnknownHostException.class);
    }
  }

  @Test
  void otherNamesPass() throws Exception {
    InetAddressResolver resolver = AddressGuard.over(scripted(List.of(List.of("10.0.0.1"))));
    assertThat(resolver.lookupByName("database.corp.example", ANY))
        .containsExactly(InetAddress.ofLiteral("10.0.0.1"));
  }

  private static InetAddressResolver scripted(List<List<String>> answers) {
    Queue<List<String>> left = new ArrayDeque<>(answers);
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) {
        return left.remove().stream().map(InetAddress::ofLiteral);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        throw new UnknownHostException();
      }
    };
  }
}
