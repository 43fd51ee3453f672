package dev.stanch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Completions in the shells themselves, and man pages in the program that shows them.
@Timeout(60)
final class GenerateCommandTest {
  @TempDir private Path folder;

  @Test
  void completesInBash() throws Exception {
    Path script = write("bash");
    String completed =
        shell(
            "bash",
            "--norc",
            "-c",
            "compopt() { :; }; source \"$0\"; COMP_WORDS=(stanch scan g); COMP_CWORD=2;"
                + " _complete_stanch; echo \"${COMPREPLY[@]}\"; COMP_WORDS=(stanch hook install"
                + " --hook-type ''); COMP_CWORD=4; _complete_stanch; echo \"${COMPREPLY[@]}\"",
            script.toString());
    assertThat(completed.lines().toList())
        .satisfiesExactly(
            commands -> assertThat(commands.split(" ")).contains("git", "github"),
            values ->
                assertThat(values.split(" ")).contains("pre-commit", "pre-push", "pre-receive"));
  }

  @Test
  void completesInFish() throws Exception {
    Path script = write("fish");
    assertThat(fish(script, "stanch scan g").lines())
        .anyMatch(line -> line.startsWith("git\t"))
        .anyMatch(line -> line.startsWith("github\t"))
        .noneMatch(line -> line.startsWith("generate"));
    assertThat(fish(script, "stanch scan git --form")).startsWith("--format\tOne of text, brief");
    assertThat(
            fish(script, "stanch hook install --hook-type ")
                .lines()
                .map(line -> line.replaceFirst("\t.*", "")))
        .contains("pre-commit", "pre-push", "pre-receive");
  }

  private String fish(Path script, String line) throws Exception {
    return shell(
        "fish",
        "--no-config",
        "-c",
        "source $argv[1]; complete -C $argv[2]",
        script.toString(),
        line);
  }

  @Test
  void completesInZsh() throws Exception {
    Path script = Files.createDirectories(folder.resolve("functions")).resolve("_stanch");
    Files.writeString(script, CommandRun.of("generate", "zsh").out());
    // A terminal of its own, whose answers are read until the prompt is back.
    Path driver = folder.resolve("driver.zsh");
    Files.writeString(
        driver,
        """
        zmodload zsh/zpty
        zpty z "TERM=dumb zsh -f -i"
        zpty -w z "unsetopt zle_bracketed_paste; PROMPT=; fpath=($1 \\$fpath); autoload -Uz compinit; compinit -u -d $1/dump; zstyle ':completion:*' list-prompt ''; LISTMAX=1000; setopt AUTO_LIST NO_LIST_BEEP"
        zpty -w z 'echo rea''dy'
        zpty -r -m z text '*ready*'
        zpty -w -n z $'stanch scan g\\t\\t\\t'
        zpty -r -m z text '*github*' && print -r -- $text
        zpty -d z
        """);
    String said = shell("zsh", "-f", driver.toString(), script.getParent().toString());
    assertThat(said).contains("git ", "github").doesNotContain("not found", "error");
  }

  @Test
  void writesAPageForEachCommand() throws Exception {
    assertThat(CommandRun.in(folder).run("generate", "man", "--output", "man").status()).isZero();
    Path page = folder.resolve("man/stanch-scan-git.1");
    try (Stream<Path> pages = Files.list(page.getParent())) {
      assertThat(pages.map(each -> each.getFileName().toString()))
          .contains("stanch.1", "stanch-hook-install.1", "stanch-scan-ci.1");
    }
    assertThat(page)
        .content()
        .startsWith(".TH \"STANCH-SCAN-GIT\" 1 \"\" \"stanch ")
        .contains("\\fB\\-f\\fR, \\fB\\-\\-format\\fR=\\fIFORMAT\\fR\nOne of text, brief, json")
        .contains(".SH EXAMPLES\n.nf\n  stanch scan git\n");
    assertThat(CommandRun.in(folder).run("generate", "man").status()).isEqualTo(2);
    needs("man");
    String shown = shell("man", "--warnings", "-E", "UTF-8", "-l", page.toString());
    assertThat(shown)
        .contains("stanch scan git --staged", "EXIT STATUS")
        .doesNotContain("warning:");
  }

  private Path write(String shell) throws Exception {
    needs(shell);
    Path file = folder.resolve("completion." + shell);
    Files.writeString(file, CommandRun.of("generate", shell).out());
    return file;
  }

  private static void needs(String program) {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(each -> Files.isExecutable(Path.of(each, program))),
        program + " is not installed");
  }

  private String shell(String... command) throws Exception {
    needs(command[0]);
    var builder =
        new ProcessBuilder(List.of(command)).redirectErrorStream(true).directory(folder.toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("MANPAGER", "cat");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said;
  }
}
