package dev.stanch.cli.report;

import dev.stanch.revokers.journal.Incident.StepStanding;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.plan.Subject;
import dev.stanch.revokers.spi.Guidance;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// The message to one owner: which tokens, where to go, what to click, until when.
public final class OwnerLetter {
  private OwnerLetter() {}

  /// The message in Markdown.
  public static String text(
      String incident, String owner, List<StepStanding> steps, Instant deadline) {
    var text = new StringBuilder();
    text.append("# Leaked tokens of ").append(PlanReport.cell(owner)).append("\n\n");
    text.append("Incident ")
        .append(incident)
        .append(". These tokens were found where others can read them. No API can revoke them:")
        .append(" please do it yourself by ")
        .append(deadline.truncatedTo(ChronoUnit.MINUTES))
        .append(". Whether it is done is checked afterwards; no answer is needed.\n");
    for (StepStanding step : steps) {
      Subject subject = step.step().subject();
      text.append("\n## ")
          .append(subject.provider())
          .append(' ')
          .append(MarkdownReport.code(subject.redacted()))
          .append("\n\n");
      text.append("- step ")
          .append(step.number())
          .append(", token id ")
          .append(MarkdownReport.code(subject.token().value()))
          .append('\n');
      text.append("- found in ")
          .append(PlanReport.cell(String.join(", ", PlanReport.paths(subject))))
          .append('\n');
      subject
          .exposedSince()
          .ifPresent(since -> text.append("- exposed since ").append(since).append('\n'));
      guidance(step.step())
          .ifPresent(
              guidance -> {
                text.append("- who can: ").append(PlanReport.cell(guidance.who())).append('\n');
                text.append("- where: ").append(guidance.link()).append('\n');
                guidance
                    .steps()
                    .forEach(todo -> text.append("- ").append(PlanReport.cell(todo)).append('\n'));
              });
    }
    return text.toString();
  }

  private static Optional<Guidance> guidance(Step step) {
    return step instanceof Step.ByHand byHand ? byHand.guidance() : Optional.empty();
  }
}
