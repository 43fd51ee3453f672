package dev.stanch.detectors.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.fixtures.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Damaged configurations, baselines and ignore files give problems or say what is wrong.
final class ConfigurationFuzzTest {
  private static final List<String> SOUND =
      List.of(
          """
          version: 1
          min-confidence: 0.6
          disabled-rules: [generic-password]
          allowlists:
            - reason: made up
              paths: ['docs/.*', 'test/.*']
              tokens: ['v1:abc']
              expires: 2030-01-01
              regexes: ['^x+$']
          rules:
            - id: own-key
              name: Own key
              pattern: '\\b(own_[a-z0-9]{32})\\b'
              keywords: [own_]
              severity: high
              impact: Something
          """,
          """
          # stanch baseline v1
          salt: 00112233445566778899aabbccddeeff
          v1:abcdefgh some-rule src/a.py 2026-01-01 2030-01-01 owner a reason
          """,
          "abcdef0123456789:src/a.py:rule:12\nsrc/b.py:rule:3\n# comment\n",
          """
          {"version": "1.5.0", "plugins_used": [{"name": "AWSKeyDetector"}],
           "results": {"a.py": [{"type": "Secret Keyword", "filename": "a.py",
             "hashed_secret": "0123456789abcdef0123456789abcdef01234567", "line_number": 3}]}}
          """,
          """
          [{"Description": "x", "File": "a.py", "StartLine": 1, "RuleID": "r", "Fingerprint": "a:r:1",
            "Commit": "", "Secret": ""}]
          """);

  @Test
  void parsesDamagedConfigurations() {
    long count =
        Fuzz.run(
            "configurations",
            random -> {
              byte[] sound =
                  SOUND.get(random.nextInt(SOUND.size())).getBytes(StandardCharsets.UTF_8);
              String text = new String(Fuzz.damaged(sound, random), StandardCharsets.UTF_8);
              assertThat(Configuration.parse(text, "stanch.yml").problems()).isNotNull();
              assertThat(GitleaksIgnore.parse(text, ".gitleaksignore")).isNotNull();
              assertThat(PeerBaseline.parse(text, ".secrets.baseline")).isNotNull();
              try {
                assertThat(Baseline.parse(text)).isNotNull();
              } catch (BaselineException e) {
                assertThat(e.getMessage()).isNotEmpty();
              }
            });
    System.out.println("configurations: " + count);
  }
}
