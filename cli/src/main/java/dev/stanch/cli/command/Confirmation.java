package dev.stanch.cli.command;

import dev.stanch.cli.Environment;
import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.KeyText;
import dev.stanch.cli.report.Printable;
import dev.stanch.revokers.plan.Group;
import dev.stanch.revokers.plan.Step;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The one question that a person at a terminal answers, with numbers: a yes is typed too easily.
final class Confirmation {
  private static final int LONGEST_ANSWER = 80;
  private static final int CHOSEN = 20;

  private final Wiring wiring;

  Confirmation(Wiring wiring) {
    this.wiring = wiring;
  }

  /// Whether there is somebody to ask.
  static boolean possible(Environment environment) {
    return environment.inIsTerminal() && environment.errIsTerminal();
  }

  /// Shows what would be done, and has the number of irreversible actions typed; then the counts of
  /// foreign and unknown tokens, and each credential in use.
  void ask(List<? extends Step> steps) throws UserFault {
    if (!possible(wiring.console().environment())) {
      throw UserFault.of(
          ExitCode.REFUSED,
          "more would be done than was agreed to, and there is no terminal to ask at",
          "give --plan-hash with the hash of the incident's plan");
    }
    var out = wiring.console().err();
    var counts = new TreeMap<String, Integer>();
    var groups = new TreeMap<Group, Integer>();
    int irreversible = 0;
    for (Step step : steps) {
      counts.merge(
          step.subject().provider() + "  " + step.subject().owner() + "  " + step.verb(),
          1,
          Integer::sum);
      groups.merge(step.subject().group(), 1, Integer::sum);
      irreversible += step.act().filter(Step.Act::irreversible).isPresent() ? 1 : 0;
    }
    out.println("This would be done:");
    counts.forEach((line, count) -> out.println("  " + count + "  " + line));
    blind(steps).forEach(line -> out.println("  " + line));
    chosen(steps).forEach(line -> out.println("  " + Printable.of(line)));
    type(irreversible, "irreversible actions");
    long first =
        steps.stream().filter(step -> step instanceof Step.Rotate of && of.revokesFirst()).count();
    if (first > 0) {
      type((int) first, "tokens that end before anything replaces them");
    }
    for (Map.Entry<Group, Integer> group : groups.entrySet()) {
      if (ReleaseOptions.confirmedApart(group.getKey())) {
        type(group.getValue(), words(group.getKey()));
      }
    }
  }

  /// The sinks that are written although nobody can read them.
  private static List<String> blind(List<? extends Step> steps) {
    return steps.stream()
        .filter(step -> step instanceof Step.Rotate)
        .flatMap(step -> ((Step.Rotate) step).sinks().stream())
        .filter(sink -> sink.updatedAt() != null)
        .map(
            sink ->
                "overwrites, unread: "
                    + sink.address().text()
                    + ", last written "
                    + sink.updatedAt())
        .distinct()
        .sorted()
        .toList();
  }

  /// The keys that nothing but a person's word ties to their tokens.
  private static List<String> chosen(List<? extends Step> steps) {
    List<Step.Act> acts =
        steps.stream()
            .flatMap(step -> step.act().stream())
            .filter(act -> act.chosen() != null)
            .toList();
    var lines = new ArrayList<String>();
    for (Step.Act act : acts.subList(0, Math.min(acts.size(), CHOSEN))) {
      lines.add(
          KeyText.chosen(
              act, act.subject().provider() + " " + act.subject().redacted() + " is the key "));
    }
    if (acts.size() > CHOSEN) {
      lines.add("and " + (acts.size() - CHOSEN) + " more keys chosen by a person: read the plan");
    }
    return lines;
  }

  private static String words(Group group) {
    return switch (group) {
      case OURS, CANARY -> "tokens";
      case IN_USE -> "tokens that this machine works with";
      case THIRD_PARTY -> "tokens that are not ours";
      case UNKNOWN -> "tokens of which nobody knows whether they are live";
    };
  }

  private void type(int count, String what) throws UserFault {
    var out = wiring.console().err();
    out.print("Type the number of " + what + " to go on: ");
    out.flush();
    if (!answer().equals(String.valueOf(count))) {
      throw UserFault.of(
          ExitCode.REFUSED,
          "not confirmed: nothing was changed",
          "run it again, and type what is asked for");
    }
  }

  /// One line, read byte by byte so that the next answer stays where it is.
  private String answer() {
    var text = new StringBuilder();
    InputStream in = wiring.console().in();
    try {
      int c;
      while ((c = in.read()) >= 0 && c != '\n' && text.length() < LONGEST_ANSWER) {
        text.append((char) c);
      }
    } catch (IOException _) {
      return "";
    }
    return text.toString().strip();
  }
}
