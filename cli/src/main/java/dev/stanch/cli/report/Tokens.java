package dev.stanch.cli.report;

import dev.stanch.detectors.model.TokenId;
import java.util.Optional;

/// The tokens themselves, for the one report that may show them: `--show-tokens`.
@FunctionalInterface
public interface Tokens {
  /// What every other report is given.
  Tokens HIDDEN = _ -> Optional.empty();

  /// The text of a token, if it may be shown.
  Optional<String> text(TokenId token);
}
