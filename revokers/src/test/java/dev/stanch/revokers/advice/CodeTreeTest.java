package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.plan.Samples;
import dev.stanch.revokers.spi.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodeTreeTest {
  @TempDir private Path folder;

  /// Held against each of its tokens, a dump of thousands would be read thousands of times.
  @Test
  void readsAListOfTokensForTheFirstOfThemOnly() throws Exception {
    var lines = new ArrayList<String>();
    for (int i = 100; i < 160; i++) {
      lines.add("KEY = " + Samples.text(i));
    }
    Files.write(folder.resolve("dump.env"), lines);
    CodeTree tree = CodeTree.read(folder);
    var read = new ArrayList<String>();
    for (int i = 100; i < 160; i++) {
      try (var held = Samples.held("acme", i)) {
        Code code = tree.around(held.finding(), Set.of("dump.env"), Set.of("KEY"));
        assertThat(code.names()).contains("KEY");
        read.add(code.files().getFirst().text());
      }
    }
    assertThat(read.subList(0, 50)).allMatch(text -> text.contains("KEY = " + Code.TOKEN));
    assertThat(read.subList(50, 60)).isEqualTo(List.of("", "", "", "", "", "", "", "", "", ""));
  }

  /// What one token is told of does not hang on which other was asked about before.
  @Test
  void addsWhatOnlyAPlaceLedToForItsTokenAlone() throws Exception {
    Files.writeString(folder.resolve("app.py"), "KEY = " + Samples.text(200) + "\n");
    Files.writeString(folder.resolve("notes.txt"), Samples.text(201) + "\n");
    CodeTree tree = CodeTree.read(folder);
    assertThat(paths(tree, 201, "notes.txt")).containsExactly("app.py", "notes.txt");
    assertThat(paths(tree, 200, "app.py")).containsExactly("app.py");
  }

  private static List<String> paths(CodeTree tree, int token, String path) throws Exception {
    try (var held = Samples.held("acme", token)) {
      return tree.around(held.finding(), Set.of(path), Set.of()).files().stream()
          .map(Code.File::path)
          .toList();
    }
  }
}
