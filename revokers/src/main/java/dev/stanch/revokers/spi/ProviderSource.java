package dev.stanch.revokers.spi;

import dev.stanch.detectors.model.ProviderId;
import java.util.List;
import java.util.Optional;

/// Many providers behind one service, of which a run needs a few: one is made when it is asked for.
/// Found by `ServiceLoader`.
public interface ProviderSource {
  /// The ids of its providers; cheap.
  List<ProviderId> ids();

  /// The provider of an id, if it is one of these.
  Optional<Provider> find(ProviderId id);
}
