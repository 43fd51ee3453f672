package dev.stanch.cli;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// A command line that no command takes, in words: picocli's own speak of enumerations and types.
record Misuse(ParameterException fault) {
  private static final Pattern CHOICE =
      Pattern.compile("expected one of \\[(.*)] \\(case-insensitive\\) but was '(.*)'");
  private static final Pattern NUMBER =
      Pattern.compile("'(.*)' is not an? (?:int|long|double|float)");
  private static final int MOST_SUGGESTIONS = 3;

  /// What is wrong.
  String sentence() {
    if (fault instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()
        && groups()) {
      return "no such command: " + unmatched.getUnmatched().getFirst();
    }
    var text = String.valueOf(fault.getMessage());
    Matcher choice = CHOICE.matcher(text);
    if (choice.find()) {
      text =
          choice.replaceFirst(
              Matcher.quoteReplacement(
                  "'"
                      + choice.group(2)
                      + "' is none of "
                      + choice.group(1).toLowerCase(Locale.ROOT)));
    }
    text = NUMBER.matcher(text).replaceFirst("'$1' is no number");
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  /// What to do next.
  String hint() {
    if (fault instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        return "did you mean "
            + String.join(" or ", near.subList(0, Math.min(MOST_SUGGESTIONS, near.size())))
            + "?";
      }
    }
    return fault.getCommandLine().getCommandSpec().qualifiedName()
        + " --help lists the "
        + (groups() ? "commands" : "options");
  }

  private boolean groups() {
    return !fault.getCommandLine().getSubcommands().isEmpty();
  }
}
