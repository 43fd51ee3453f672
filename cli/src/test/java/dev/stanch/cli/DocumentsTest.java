package dev.stanch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Every command line that a document shows is one that Stanch takes.
final class DocumentsTest {
  private static final Pattern SHOWN = Pattern.compile("(?m)^(?: {4}|\\$ )stanch (\\S.*)$");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+)");

  /// What a shell takes for itself.
  private static final Pattern SHELL = Pattern.compile(" *(?:[|<>]|# ).*");

  @Test
  void showCommandsThatThereAre() throws IOException {
    var documents =
        new ArrayList<>(List.of(Path.of("../README.md"), Path.of("../CONTRIBUTING.md")));
    try (var files = Files.list(Path.of("../docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
    }
    var faults = new ArrayList<String>();
    int lines = 0;
    for (Path document : documents) {
      for (String line : lines(document)) {
        String fault = fault(line);
        if (!fault.isEmpty()) {
          faults.add(document.getFileName() + ": stanch " + line + ": " + fault);
        }
        lines++;
      }
    }
    assertThat(faults).isEmpty();
    assertThat(lines).as("command lines in documents").isGreaterThan(30);
  }

  private static List<String> lines(Path document) throws IOException {
    return SHOWN
        .matcher(Files.readString(document))
        .results()
        .map(shown -> SHELL.matcher(shown.group(1)).replaceFirst(""))
        .toList();
  }

  private static String fault(String line) {
    var words =
        WORD.matcher(line).results().map(word -> word.group().replaceAll("['\"]", "")).toList();
    var nowhere = new PrintWriter(new StringWriter());
    CommandLine tree =
        CommandTree.of(
            new Console(
                nowhere,
                nowhere,
                InputStream.nullInputStream(),
                new Environment(
                    Map.of(), Path.of("/"), false, false, Clock.systemUTC(), new Interruption())));
    try {
      tree.parseArgs(words.toArray(String[]::new));
      return words.containsAll(List.of("--apply", "-")) && !words.contains("--plan-hash")
          ? "nobody can be asked where standard input holds tokens"
          : "";
    } catch (ParameterException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
