package dev.stanch.revokers.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteJournalTest extends JournalContract {
  @TempDir Path folder;

  @Override
  Journal open() throws Exception {
    return Journal.inFile(folder.resolve("state/journal.db"), "ann@desk/1", new SecureRandom());
  }

  @Override
  String url() {
    return "jdbc:sqlite:" + folder.resolve("state/journal.db") + "?busy_timeout=10000";
  }

  @Test
  void nobodyElseReadsIt() throws Exception {
    open().close();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("state/journal.db"))))
        .isEqualTo("rw-------");
  }

  @Test
  void refusesAFileThatOthersRead() throws Exception {
    open().close();
    Files.setPosixFilePermissions(
        folder.resolve("state/journal.db"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(this::open)
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void saysThatTheFileIsDamagedAndWhatMakesItAnew() throws Exception {
    open().close();
    Files.writeString(folder.resolve("state/journal.db"), "no database at all".repeat(100));
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            JournalException.class,
            e -> {
              assertThat(e).hasMessageEndingWith("is damaged");
              assertThat(e.hint())
                  .hasValueSatisfying(hint -> assertThat(hint).contains("incident recover"));
            });
  }

  @Test
  void saysThatItsFolderIsNone() throws Exception {
    Files.writeString(folder.resolve("state"), "a file");
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            JournalException.class,
            e ->
                assertThat(e.hint())
                    .hasValueSatisfying(hint -> assertThat(hint).contains("XDG_STATE_HOME")));
  }
}
