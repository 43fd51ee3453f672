package dev.stanch.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.model.TokenKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {
  private static final TokenKey USER = new TokenKey(new byte[TokenKey.LENGTH]);

  @TempDir Path folder;

  @Test
  void givesBackWhatWasWrittenAndGoesWithTheIncident() throws Exception {
    Path spool = folder.resolve("dump.spool");
    Spool.write(spool, "a dump".getBytes(UTF_8), USER, "i1", new SecureRandom());
    assertThat(Spool.read(spool, USER, "i1").map(text -> new String(text, UTF_8)))
        .contains("a dump");
    assertThat(Spool.read(spool, USER, "i2")).isEmpty();
    Spool.delete(spool, USER, "i2");
    assertThat(spool).as("another incident's").exists();
    Spool.delete(spool, USER, "i1");
    assertThat(spool).doesNotExist();
    Spool.delete(spool, USER, "i1");
  }

  @Test
  void deletesNothingElseThatAJournalNames() throws Exception {
    Path other = Files.writeString(folder.resolve("notes.txt"), "not a spool");
    Path link = Files.createSymbolicLink(folder.resolve("link"), other);
    Spool.delete(other, USER, "i1");
    Spool.delete(link, USER, "i1");
    assertThat(other).hasContent("not a spool");
    assertThat(link).isSymbolicLink();
  }
}
