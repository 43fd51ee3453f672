package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Suppression;
import dev.stanch.detectors.rule.Rule;
import java.util.Optional;

/// What a text says in favour of a token in it, before it is known which places the text has.
sealed interface Excuse permits Marker, Exemptions.Held {
  /// Why a token of `rule` does not count at `place`, where that is so.
  Optional<Suppression> covers(Rule rule, Place place);
}
