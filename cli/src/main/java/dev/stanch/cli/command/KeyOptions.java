package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.revokers.run.Inquiry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which key a token is, where its provider's listing does not tell and a person does, and how much
/// of it ends.
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class KeyOptions {
  private static final String ID = "v1:";
  private static final Pattern TOKEN = Pattern.compile("(?:v1:)?[a-z2-7]{1,26}");

  @Option(
      names = "--key",
      paramLabel = "TOKEN=KEY",
      description =
          "Says which of the provider's keys a token is, where its listing does not tell: the"
              + " token's id or its beginning, and one of the keys that the plan lists."
              + " Repeatable.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description =
          "The same for many: lines TOKEN<TAB>KEY; what stands behind another tab, and lines that"
              + " begin with #, are not read.")
  private @Nullable Path file;

  @Option(
      names = "--withdraw",
      description =
          "Leaves tokens alive and takes from them what they reach in your organization, where"
              + " their provider has a call for that.")
  private boolean withdraw;

  boolean given() {
    return !keys.isEmpty() || file != null || withdraw;
  }

  /// What was said, in its order; all mistakes of form are named at once.
  ChosenKeys read(Wiring wiring) throws UserFault {
    var said = new ArrayList<ChosenKeys.Said>();
    var problems = new ArrayList<String>();
    for (int i = 0; i < keys.size(); i++) {
      add("--key " + (i + 1), keys.get(i).split("=", 2), said, problems);
    }
    if (file != null) {
      List<String> lines = new NamedFile(file, wiring).text().lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).isBlank() && !lines.get(i).startsWith("#")) {
          add(file + " line " + (i + 1), lines.get(i).split("\t"), said, problems);
        }
      }
    }
    if (!problems.isEmpty()) {
      ChosenKeys.name(problems, wiring);
      throw UserFault.of(
          ExitCode.USAGE,
          "keys are not given as they are to be",
          "--key TOKEN=KEY, or --keys FILE with lines TOKEN<TAB>KEY; the plan shows both ids");
    }
    return new ChosenKeys(said, withdraw ? Inquiry.Depth.ACCESS : Inquiry.Depth.KEY);
  }

  /// What is no id is not repeated: it may be a token.
  private static void add(
      String where, String[] parts, List<ChosenKeys.Said> said, List<String> problems) {
    String token = parts.length < 2 ? "" : parts[0].strip();
    String key = parts.length < 2 ? "" : parts[1].strip();
    if (!TOKEN.matcher(token).matches()) {
      problems.add(where + " begins with no token's id");
    } else if (key.isEmpty()) {
      problems.add(where + " gives no key");
    } else {
      said.add(new ChosenKeys.Said(where, token.startsWith(ID) ? token : ID + token, key));
    }
  }
}
