package dev.stanch.revokers.provider.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stanch.revokers.contract.ProviderContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A contract that everything passes would hold nobody to anything: each of these mistakes in a
/// descriptor must be found.
final class ContractTeethTest {
  /// @param right text of the descriptor
  /// @param wrong what stands there instead
  /// @param found a piece of the name of a case that must fail
  record Mistake(String provider, String right, String wrong, String found) {}

  static List<Mistake> mistakes() {
    return List.of(
        new Mistake("buildkite", "delete: /access-token", "delete: /access-tokens", "revokes live"),
        new Mistake(
            "openai", "match: {redacted: /redacted_value}\n        take: {key: /id}\n    key:",
            "take: {key: /id}\n    key:", "locates live"),
        new Mistake(
            "slack",
            "/error: [invalid_auth, token_revoked, account_inactive]",
            "/error: {present: true}",
            "says unknown of org-login"),
        new Mistake(
            "openrouter",
            "- {status: 404, result: done, detail: no such key any more}",
            "- {status: 404, result: refused}",
            "already revoked"),
        new Mistake(
            "openrouter",
            "json: '{\"disabled\": false}'",
            "json: '{\"disabled\": true}'",
            "enables"),
        new Mistake(
            "elevenlabs",
            "- {status: 200, body: json, result: accepted}",
            "- {status: 200, result: accepted}",
            "fault for success"),
        new Mistake(
            "anthropic",
            "- {status: 401, json: {/error/type: authentication_error}, verdict: dead}\n"
                + "        - {status: 402",
            "- {status: 401, text: e, verdict: dead}\n        - {status: 402",
            "portal"),
        new Mistake("anthropic", "      same-as: probe\n", "", "strangers"),
        new Mistake(
            "aiven",
            "{status: 401, json: {/message: {present: true}}, verdict: dead}",
            "{status: 401, body: json, verdict: dead}",
            "on an answer that is not documented"),
        // A key that may only search is refused as one that is none.
        new Mistake(
            "typesense", "verdict: refused", "verdict: dead", "says unknown of search-only"),
        new Mistake(
            "mistral",
            "match: {equal: {/key_id: '{own}'}, redacted: /hidden_key}",
            "match: {redacted: /hidden_key}",
            "strangers"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void findsIt(Mistake mistake) throws IOException {
    String sound = text(mistake.provider() + ".yml");
    assertThat(sound).contains(mistake.right());
    String broken = sound.replace(mistake.right(), mistake.wrong());
    var provider =
        new PlainProvider(
            taken -> DescriptorReader.read(mistake.provider() + ".yml", broken, taken));
    var failed = new ArrayList<String>();
    for (DynamicTest test :
        ProviderContract.casesOf(
                provider,
                mistake.provider(),
                fake -> PlainProvidersTest.environment(mistake.provider(), fake))
            .toList()) {
      if (catchThrowable(() -> test.getExecutable().execute()) != null) {
        failed.add(test.getDisplayName());
      }
    }
    assertThat(failed).anyMatch(name -> name.contains(mistake.found()));
  }

  private static String text(String name) throws IOException {
    try (InputStream in = PlainProviders.class.getResourceAsStream(PlainProviders.FOLDER + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
