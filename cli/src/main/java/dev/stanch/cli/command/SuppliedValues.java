package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Secret;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.journal.Incident.StepStanding;
import dev.stanch.revokers.journal.Standing;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// New values that people made, each with the id of the token that it replaces. Closing wipes them.
final class SuppliedValues implements AutoCloseable {
  private static final byte TAB = '\t';
  private static final String ID = "v1:";

  private final List<Line> lines;

  private static final class Line {
    private final int number;
    private final TokenId token;
    private final byte[] value;

    Line(int number, TokenId token, byte[] value) {
      this.number = number;
      this.token = token;
      this.value = value.clone();
    }
  }

  private SuppliedValues(List<Line> lines) {
    this.lines = lines;
  }

  /// None.
  static SuppliedValues none() {
    return new SuppliedValues(List.of());
  }

  /// One, for the token of a step.
  static SuppliedValues of(TokenId token, byte[] value) {
    return new SuppliedValues(List.of(new Line(1, token, value)));
  }

  /// The lines `tokenId<TAB>value` of a text; empty where its first line is none.
  static Optional<SuppliedValues> parse(byte[] text) throws UserFault {
    var lines = new ArrayList<Line>();
    int number = 0;
    for (int start = 0; start < text.length; ) {
      int end = start;
      while (end < text.length && text[end] != '\n') {
        end++;
      }
      number++;
      byte[] line = Arrays.copyOfRange(text, start, end);
      start = end + 1;
      int tab = tab(line);
      if (tab > 0) {
        String id = new String(line, 0, tab, StandardCharsets.US_ASCII).strip();
        byte[] value = Arrays.copyOfRange(line, tab + 1, length(line));
        if (id.startsWith(ID) && value.length > 0) {
          lines.add(new Line(number, new TokenId(id), value));
          continue;
        }
      }
      if (length(line) == 0) {
        continue;
      }
      if (lines.isEmpty()) {
        return Optional.empty(); // a text that holds tokens
      }
      throw UserFault.of(
          ExitCode.USAGE,
          "line " + number + " is not TOKEN-ID<TAB>VALUE",
          "the ids are those of 'stanch incident show'");
    }
    return lines.isEmpty() ? Optional.empty() : Optional.of(new SuppliedValues(lines));
  }

  private static int tab(byte[] line) {
    for (int i = 0; i < line.length; i++) {
      if (line[i] == TAB) {
        return i;
      }
    }
    return -1;
  }

  /// Without what a file of another system ends its lines with.
  private static int length(byte[] line) {
    return line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
  }

  /// The steps that wait for a value, with what they are given.
  ///
  /// @param refused how many values are for no step, or cannot be what they are given as
  record Assigned(Map<Integer, HeldFinding> values, int refused) {}

  /// Finds the step of each value. A value that is known to be another provider's token is refused
  /// here: it must not be shown to this one.
  ///
  /// @param old the tokens of the steps
  Assigned to(Standing standing, Map<Integer, HeldFinding> old, Gathered gathered, Wiring wiring)
      throws UserFault, InterruptedException {
    var values = new TreeMap<Integer, HeldFinding>();
    int refused = 0;
    for (Line line : lines) {
      StepStanding step = step(standing, line.token).orElse(null);
      String why = "";
      if (step == null) {
        why = "no step is about this token";
      } else if (!(step.step() instanceof Step.Rotate)) {
        why = "step " + step.number() + " replaces nothing";
      } else if (step.state().kind() != StepState.Kind.HANDED_OVER) {
        why = "step " + step.number() + " waits for no value: " + step.state().kind().label();
      } else {
        HeldFinding before = values.get(step.number());
        HeldFinding token = old.get(step.number());
        if (before != null && !before.secret().sameAs(new Secret(line.value))) {
          values.remove(step.number());
          why = "two values for step " + step.number();
        } else if (token == null) {
          why = "the old token of step " + step.number() + " does not stand any more where it was";
        } else {
          HeldFinding value = gathered.as(line.value, token.finding()).orElse(null);
          if (value == null) {
            why = "step " + step.number() + ": it looks like a token of another provider";
          } else {
            values.put(step.number(), value);
          }
        }
      }
      if (!why.isEmpty()) {
        refused++;
        wiring.messages().warning("line " + line.number + " is refused: " + why);
      }
    }
    return new Assigned(values, refused);
  }

  private static Optional<StepStanding> step(Standing standing, TokenId token) {
    return standing.steps().stream()
        .filter(step -> step.step().subject().token().equals(token) || token.equals(step.token()))
        .findFirst();
  }

  @Override
  public void close() {
    lines.forEach(line -> Arrays.fill(line.value, (byte) 0));
  }
}
