package dev.stanch.cli.command;

import dev.stanch.cli.report.Tokens;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.TokenId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The one door through which tokens reach a report: `--show-tokens`. An architecture test knows
/// this class by name.
final class ShowTokens implements Tokens {
  private final Map<TokenId, String> texts = new HashMap<>();

  ShowTokens(List<HeldFinding> findings) {
    var permit = RevealPermit.grant("--show-tokens");
    for (HeldFinding held : findings) {
      texts.put(
          held.finding().token(),
          held.secret().reveal(permit, bytes -> new String(bytes, StandardCharsets.UTF_8)));
    }
  }

  @Override
  public Optional<String> text(TokenId token) {
    return Optional.ofNullable(texts.get(token));
  }
}
