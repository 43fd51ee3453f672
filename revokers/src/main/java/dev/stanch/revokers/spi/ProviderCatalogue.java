package dev.stanch.revokers.spi;

import dev.stanch.detectors.model.ProviderId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Every provider of a run: those on the class path, whether classes or of a [ProviderSource], and
/// those of plugins. Makes a provider when it is first asked for. Thread-safe.
public final class ProviderCatalogue {
  private final SortedMap<String, Supplier<Provider>> makers = new TreeMap<>();

  /// Those that come with Stanch. One for the whole process: many ask, and to read a hundred
  /// descriptors takes a second.
  public static ProviderCatalogue builtIn() {
    return BuiltIn.ALL;
  }

  private static final class BuiltIn {
    static final ProviderCatalogue ALL =
        new ProviderCatalogue(ProviderCatalogue.class.getClassLoader());
  }

  /// What `loader` sees.
  ///
  /// @throws IllegalStateException when two providers have one id
  private ProviderCatalogue(ClassLoader loader) {
    for (Provider provider : ServiceLoader.load(Provider.class, loader)) {
      add(provider.id(), () -> provider);
    }
    for (ProviderSource source : ServiceLoader.load(ProviderSource.class, loader)) {
      for (ProviderId id : source.ids()) {
        add(id, new Once(source, id));
      }
    }
  }

  /// These providers alone.
  public ProviderCatalogue(List<? extends Provider> providers) {
    for (Provider provider : providers) {
      add(provider.id(), () -> provider);
    }
  }

  private ProviderCatalogue(SortedMap<String, Supplier<Provider>> makers) {
    this.makers.putAll(makers);
  }

  /// These and one more.
  ///
  /// @throws IllegalStateException when there is one of its id
  public ProviderCatalogue with(Provider provider) {
    var more = new ProviderCatalogue(makers);
    more.add(provider.id(), () -> provider);
    return more;
  }

  private void add(ProviderId id, Supplier<Provider> maker) {
    if (makers.put(id.value(), maker) != null) {
      throw new IllegalStateException("two providers have the id " + id.value());
    }
  }

  /// The ids of all providers, in order; makes none.
  public List<String> ids() {
    return List.copyOf(makers.keySet());
  }

  /// The provider of an id, if there is one.
  public Optional<Provider> find(String id) {
    return Optional.ofNullable(makers.get(id)).map(Supplier::get);
  }

  /// All providers, in the order of their ids.
  public List<Provider> all() {
    var all = new ArrayList<Provider>();
    makers.values().forEach(maker -> all.add(maker.get()));
    return all;
  }

  /// Makes a provider of a source, once.
  private static final class Once implements Supplier<Provider> {
    private final ProviderSource source;
    private final ProviderId id;
    private volatile Optional<Provider> made = Optional.empty();

    Once(ProviderSource source, ProviderId id) {
      this.source = source;
      this.id = id;
    }

    @Override
    public Provider get() {
      Optional<Provider> before = made;
      if (before.isPresent()) {
        return before.get();
      }
      Provider provider =
          source
              .find(id)
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          source.getClass().getName() + " names " + id.value() + " and lacks it"));
      made = Optional.of(provider);
      return provider;
    }
  }
}
