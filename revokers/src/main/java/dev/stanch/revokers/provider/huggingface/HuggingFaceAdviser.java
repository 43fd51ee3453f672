package dev.stanch.revokers.provider.huggingface;

import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Verification;
import java.util.List;

/// Suggests a fine-grained token. Without evidence of use it names no permission: only a person can
/// tell.
final class HuggingFaceAdviser implements Adviser {
  private static final String PAGE =
      "https://huggingface.co/settings/tokens/new?tokenType=fineGrained";

  @Override
  public Advice advise(Verification verification) {
    List<String> scopes = verification.told().scopes();
    boolean broad = scopes.contains("write") || scopes.contains("god") || scopes.contains("read");
    String summary =
        broad
            ? "a fine-grained token in place of one with the role " + scopes.getFirst()
            : "a fine-grained token";
    return new Advice(
        summary,
        List.of(),
        PAGE,
        List.of(
            "tick only what the code uses: inference.serverless.write for inference calls,"
                + " repo.content.read to download private repositories, repo.write to push",
            "limit repo permissions to the repositories by name"));
  }
}
