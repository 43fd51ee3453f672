package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.model.ProviderId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class ProviderProgressTest {
  private static final ProviderId HUB = new ProviderId("huggingface");
  private static final ProviderId AWS = new ProviderId("aws");

  private final ProviderProgress progress =
      new ProviderProgress(
          "proven", Clock.fixed(Instant.parse("2026-03-01T02:00:00Z"), ZoneId.of("Europe/Berlin")));

  private void expect(ProviderId provider, int count) {
    for (int i = 0; i < count; i++) {
      progress.expect(provider);
    }
  }

  @Test
  void showsABarAProvider() {
    expect(HUB, 4);
    expect(AWS, 1);
    progress.done(HUB);
    assertThat(progress.bars(80, 30))
        .containsExactly(
            "[....................]   0 %  aws          0 of 1 proven",
            "[#####...............]  25 %  huggingface  1 of 4 proven, about 1 min 30 s left");
  }

  @Test
  void namesTheClockTimeUntilWhichAProviderIsParked() {
    expect(HUB, 2);
    progress.parked(HUB, Instant.parse("2026-03-01T02:20:00Z"));
    assertThat(progress.lines(5))
        .containsExactly(
            "0 of 2 tokens proven", "  huggingface: 0 of 2 proven, parked until 03:20 +01:00");
  }

  @Test
  void countsDownWhileNothingIsDone() {
    expect(HUB, 4);
    progress.done(HUB);
    assertThat(progress.lines(30).getFirst()).endsWith("about 1 min 30 s left");
    assertThat(progress.lines(60).getFirst()).endsWith("about 1 min 0 s left");
    assertThat(progress.lines(200).getFirst()).isEqualTo("1 of 4 tokens proven");
  }

  @Test
  void sumsUpWhatIsDone() {
    expect(HUB, 1);
    expect(AWS, 2);
    progress.done(HUB);
    progress.done(HUB);
    progress.done(AWS);
    assertThat(progress.lines(10))
        .containsExactly(
            "2 of 3 tokens proven, about 10 s left", "  aws: 1 of 2 proven, about 10 s left");
    assertThat(progress.bars(80, 10)).hasSize(2).last().asString().startsWith("2 of 3 tokens");
  }

  @Test
  void fillsNoScreen() {
    for (int i = 10; i < 90; i++) {
      expect(new ProviderId("provider-" + i), 1);
    }
    assertThat(progress.bars(80, 1)).hasSize(13).last().isEqualTo("0 of 80 tokens proven");
    assertThat(progress.lines(1)).hasSize(1);
  }
}
