package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/// What a machine has of what Stanch works with: a line for each thing, and how to put right what
/// is wrong. Holds no token.
public final class DoctorReport {
  /// How a thing is.
  public enum State {
    /// As it should be.
    OK,
    /// Not there, and missed by some commands alone.
    ABSENT,
    /// To be put right.
    WRONG;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// One thing that was looked at.
  ///
  /// @param detail what it is like
  /// @param fix what to do about it; empty where nothing is to be done
  public record Check(String name, State state, String detail, String fix) {
    public Check {
      requireNonNull(name, "name");
      requireNonNull(state, "state");
      requireNonNull(detail, "detail");
      requireNonNull(fix, "fix");
      if (state == State.WRONG && fix.isEmpty()) {
        throw new IllegalArgumentException(name + ": what is wrong has a remedy");
      }
    }
  }

  private final List<Check> checks;

  /// A report of `checks`, in their order.
  public DoctorReport(List<Check> checks) {
    this.checks = List.copyOf(checks);
  }

  /// Whether something is to be put right.
  public boolean wrong() {
    return checks.stream().anyMatch(check -> check.state() == State.WRONG);
  }

  /// Writes the report; the caller flushes.
  public void write(ListFormat format, Writer out) throws IOException {
    switch (format) {
      case TEXT -> text(out);
      case JSON -> json(out);
    }
  }

  private void text(Writer out) throws IOException {
    int widest = checks.stream().mapToInt(check -> check.name().length()).max().orElse(0);
    for (Check check : checks) {
      String state = check.state().toString();
      out.write(state + " ".repeat(8 - state.length()));
      out.write(check.name() + " ".repeat(widest - check.name().length() + 2));
      out.write(Printable.of(check.detail()) + "\n");
      if (!check.fix().isEmpty()) {
        out.write(" ".repeat(8 + widest + 2) + "to do: " + Printable.of(check.fix()) + "\n");
      }
    }
  }

  private void json(Writer out) throws IOException {
    try (var json = JsonFacts.indented(out)) {
      json.writeStartObject();
      json.writeStringField("type", "doctor");
      json.writeStringField("schema", JsonFacts.SCHEMA);
      json.writeArrayFieldStart("checks");
      for (Check check : checks) {
        json.writeStartObject();
        json.writeStringField("name", check.name());
        json.writeStringField("state", check.state().toString());
        json.writeStringField("detail", check.detail());
        if (!check.fix().isEmpty()) {
          json.writeStringField("fix", check.fix());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.write('\n');
  }
}
