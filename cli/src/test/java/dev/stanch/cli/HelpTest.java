package dev.stanch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.fixtures.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The help text of each command, found by walking the commands: a new one needs a golden.
final class HelpTest {
  private static final Golden GOLDEN = Golden.in("help");

  @AfterAll
  static void knowsEveryGolden() {
    GOLDEN.assertNoOrphans();
  }

  @TestFactory
  Stream<DynamicTest> explainsEachCommand() {
    return commands(tree())
        .map(command -> command.getCommandSpec().qualifiedName(" "))
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      String[] args = (name + " --help").substring("stanch ".length()).split(" ");
                      var run = CommandRun.of(args);
                      assertThat(run.status()).isEqualTo(0);
                      assertThat(run.out()).contains("Example").doesNotContain("\u001b");
                      assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
                      GOLDEN.check(name.replace(' ', '-') + ".txt", run.out());
                    }));
  }

  @Test
  void answersALoneCommandWithItsShortHelp() {
    GOLDEN.check("short.txt", CommandRun.of().err());
    GOLDEN.check("short-scan.txt", CommandRun.of("scan").err());
  }

  @Test
  void saysWhatToBeginWithInARepository(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve(".git/objects"));
    Files.createDirectories(folder.resolve(".git/refs"));
    Files.writeString(folder.resolve(".git/HEAD"), "ref: refs/heads/main\n");
    CommandRun run = CommandRun.in(folder).run();
    assertThat(run.status()).isEqualTo(ExitCode.USAGE.value());
    GOLDEN.check("short-in-repository.txt", run.err().substring(run.err().indexOf("This is")));
  }

  @Test
  void makesNoCommandButTheOneThatIsNamed() {
    for (String name : tree().getSubcommands().keySet()) {
      assertThat(CommandTree.of(console(), List.of(name)).getSubcommands()).containsOnlyKeys(name);
    }
    for (String source : tree().getSubcommands().get("scan").getSubcommands().keySet()) {
      var scan = CommandTree.of(console(), List.of("scan", source)).getSubcommands().get("scan");
      assertThat(scan.getSubcommands()).containsOnlyKeys(source);
    }
  }

  private static CommandLine tree() {
    return CommandTree.of(console());
  }

  private static Console console() {
    var nowhere = new PrintWriter(new StringWriter());
    return new Console(
        nowhere,
        nowhere,
        InputStream.nullInputStream(),
        new Environment(
            Map.of(), Path.of("/"), false, false, Clock.systemUTC(), new Interruption()));
  }

  private static Stream<CommandLine> commands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().distinct().flatMap(HelpTest::commands));
  }
}
