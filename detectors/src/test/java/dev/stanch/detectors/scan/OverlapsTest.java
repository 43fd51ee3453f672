package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.detectors.rule.RuleTables;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapsTest {
  private final Detector detector = new Detector(RuleTables.builtIn());

  @Test
  void aValueBelongsToTheServiceNamedNearest() throws IOException {
    assertThat(
            rules(
                """
                BAICHUAN_MODEL=baichuan-m2
                DASHSCOPE_API_KEY={{"sk-"}}{{hex:32}}
                """))
        .containsExactly("dashscope-api-key");
  }

  @Test
  void neighbouringLinesKeepTheirOwnServices() throws IOException {
    assertThat(
            rules(
                """
                DEEPSEEK_API_KEY={{"sk-"}}{{hex:32}}
                DASHSCOPE_API_KEY={{"sk-"}}{{hex:32}}
                BAICHUAN_API_KEY={{"sk-"}}{{hex:32}}
                """))
        .containsExactly("deepseek-api-key", "dashscope-api-key", "baichuan-api-key");
  }

  private List<String> rules(String template) throws IOException {
    byte[] text = new ExampleTemplate(template).expand(42).getBytes(StandardCharsets.UTF_8);
    return new TextScanner(detector)
        .scan(new ByteArrayInputStream(text), (_, _) -> {}).stream()
            .map(hit -> detector.tables().rule(hit.candidate().rule()).id().value())
            .toList();
  }
}
