package dev.stanch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.scan.ScanProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class ProgressTextTest {
  private final ScanProgress progress = new ScanProgress();

  @Test
  void saysHowMuchIsLeft() {
    progress.expect(400_000_000);
    progress.read(100_000_000);
    progress.found(3);
    var text = new ProgressText(progress, 2);
    assertThat(text.line())
        .isEqualTo("scanned 100.0 MB of 400.0 MB, 50.0 MB/s, 3 tokens, 6 s left");
    assertThat(text.bar(100))
        .isEqualTo(
            "[#####...............]  25 %  100.0 MB of 400.0 MB, 50.0 MB/s, 3 tokens, 6 s left");
    assertThat(text.bar(30)).hasSize(30);
  }

  @Test
  void countsTextsWhereNobodyKnowsTheirLength() {
    progress.expectTexts(8);
    progress.text();
    progress.text();
    progress.read(1_000_000);
    assertThat(new ProgressText(progress, 2).bar(100))
        .isEqualTo("[#####...............]  25 %  1.0 MB, 500.0 kB/s, 0 tokens, 6 s left");
  }

  @Test
  void claimsNoEndItDoesNotKnow() {
    progress.read(1_500);
    progress.found(1);
    assertThat(new ProgressText(progress, 0.5).bar(80)).isEqualTo("1.5 kB, 3.0 kB/s, 1 token");
  }

  @Test
  void neverRunsPastItsEnd() {
    progress.expect(10);
    progress.read(25);
    assertThat(new ProgressText(progress, 0.1).bar(80)).startsWith("[####################] 100 %");
  }

  @Test
  void takesTheBarAwayAtTheEnd() throws InterruptedException {
    var err = new StringWriter();
    try (var _ =
        ProgressDisplay.on(new PrintWriter(err), true, 80, ProgressDisplay.scan(progress))) {
      Thread.sleep(350);
    }
    assertThat(err.toString()).contains("tokens").endsWith("\r\u001b[J").doesNotContain("\n");
    var quiet = new StringWriter();
    ProgressDisplay.none().close();
    assertThat(quiet.toString()).isEmpty();
  }
}
