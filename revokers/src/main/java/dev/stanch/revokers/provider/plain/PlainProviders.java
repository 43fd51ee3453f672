package dev.stanch.revokers.provider.plain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stanch.detectors.model.ProviderId;
import dev.stanch.revokers.provider.plain.DescriptorReader.Unconfirmed;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// The providers that are descriptors. Reads the list of their ids at once and a descriptor when it
/// is asked for.
public final class PlainProviders implements ProviderSource {
  static final String FOLDER = "/dev/stanch/revokers/providers/";

  private final List<String> ids = text("index").lines().toList();

  /// The providers of this jar; found by `ServiceLoader`.
  public PlainProviders() {}

  @Override
  public List<ProviderId> ids() {
    return ids.stream().map(ProviderId::new).toList();
  }

  @Override
  public Optional<Provider> find(ProviderId id) {
    return ids.contains(id.value())
        ? Optional.of(new PlainProvider(taken -> read(id.value(), taken)))
        : Optional.empty();
  }

  /// The provider that a descriptor of the user's own describes.
  ///
  /// @param file how messages call it
  /// @throws IllegalArgumentException with every mistake, each with file and line
  public static Provider read(String file, String yaml) {
    return new PlainProvider(taken -> DescriptorReader.read(file, yaml, taken));
  }

  static Descriptor read(String id, Unconfirmed unconfirmed) {
    String file = id + ".yml";
    return DescriptorReader.read(file, text(file), unconfirmed);
  }

  private static String text(String name) {
    try (InputStream in = PlainProviders.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + FOLDER + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
