package dev.stanch.revokers.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// What would be done, in which order. Printable, hashable; holds no token.
public record Plan(List<Step> steps) {
  public Plan {
    steps = List.copyOf(steps);
  }

  /// The steps that change something.
  public List<Step.Revoke> revocations() {
    return steps.stream()
        .<Step.Revoke>mapMulti(
            (step, out) -> {
              switch (step) {
                case Step.Revoke revoke -> out.accept(revoke);
                case Step.ByHand _, Step.Nothing _ -> {}
              }
            })
        .toList();
  }

  /// A name for exactly this plan: whoever agreed to it agreed to this.
  public String hash() {
    var text = new StringBuilder();
    for (Step step : steps) {
      text.append(step).append('\n');
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
