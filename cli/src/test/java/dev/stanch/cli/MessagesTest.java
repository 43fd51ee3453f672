package dev.stanch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class MessagesTest {
  private final StringWriter text = new StringWriter();
  private final Messages messages = new Messages(new PrintWriter(text));

  @Test
  void putsTheHintOnItsOwnLine() {
    messages.fault(UserFault.of(ExitCode.USAGE, "no such file: a.txt", "give a path that exists"));
    assertThat(text.toString().lines())
        .containsExactly("error: no such file: a.txt", "hint: give a path that exists");
  }

  @Test
  void keepsTheTextOfAnInternalErrorToItself() {
    var bug = new IllegalStateException("read: s3cr3t", new RuntimeException("s3cr3t"));
    messages.bug(bug, Detail.SHORT);
    messages.bug(bug, Detail.FRAMES);
    assertThat(text.toString())
        .contains("IllegalStateException at MessagesTest.java:", "caused by")
        .doesNotContain("s3cr3t");
  }
}
