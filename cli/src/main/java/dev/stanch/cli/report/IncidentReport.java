package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Place;
import dev.stanch.revokers.journal.Incident.StepStanding;
import dev.stanch.revokers.journal.Replacement;
import dev.stanch.revokers.journal.Standing;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.plan.Subject;
import dev.stanch.revokers.run.Listed;
import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Guidance;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Prints how an incident stands: for each token what, whose, where, since when, what was found and
/// decided, the proof, and what is left for people.
public final class IncidentReport {
  /// So many steps are named where the same is left to do about more.
  private static final int NUMBERS = 8;

  private static final List<String> FILTERS =
      List.of("state", "severity", "provider", "owner", "group");
  private static final List<Map.Entry<String, String>> ORDERS =
      List.of(
          Map.entry("since", "longest exposed first"),
          Map.entry("places", "most places first"),
          Map.entry("owner", "by owner"));

  private final PrintWriter out;

  /// A report on `out`.
  public IncidentReport(PrintWriter out) {
    this.out = requireNonNull(out, "out");
  }

  /// Writes it.
  public void write(Standing standing, PlanFormat format) {
    switch (format) {
      case TEXT -> text(standing);
      case JSON -> out.println(IncidentJson.tree(standing).toPrettyString());
      case MD -> markdown(standing);
      case HTML -> html(standing);
    }
    out.flush();
  }

  /// One line a step: how it ended.
  public void lines(Standing standing) {
    for (StepStanding step : standing.steps()) {
      out.println(head(step) + "  " + Printable.of(step.state().text()));
    }
    left(standing);
    out.println();
    end(standing);
    out.flush();
  }

  private void text(Standing standing) {
    out.println("incident " + standing.id() + ", opened " + standing.opened());
    out.println("plan " + standing.planHash());
    out.println("by " + Printable.of(String.join(", ", standing.operators())));
    standing.reasons().forEach(reason -> out.println("reason " + Printable.of(reason)));
    standing.notes().forEach(note -> out.println("note " + Printable.of(note)));
    for (StepStanding step : standing.steps()) {
      out.println();
      out.println(step.number() + "  " + head(step));
      for (Fact fact : facts(step)) {
        String label = fact.label();
        out.println(
            "  "
                + label
                + " ".repeat(Math.max(1, 10 - label.length()))
                + Printable.of(fact.code() + fact.text()));
      }
    }
    left(standing);
    out.println();
    end(standing);
  }

  private static String head(StepStanding step) {
    Subject subject = step.step().subject();
    return String.join(
        "  ",
        step.state().kind().label(),
        subject.provider().value(),
        Printable.of(subject.redacted()),
        subject.token().value());
  }

  private void left(Standing standing) {
    List<String> left = leftForPeople(standing);
    if (!left.isEmpty()) {
      out.println();
      out.println("left for people:");
      left.forEach(line -> out.println("  " + Printable.of(line)));
    }
  }

  private void end(Standing standing) {
    out.println(summary(standing));
    out.println("head " + standing.head());
  }

  /// What there is to say about a step, in order.
  private static List<Fact> facts(StepStanding step) {
    var facts = new ArrayList<Fact>();
    Subject subject = step.step().subject();
    facts.add(Fact.text("what", subject.rule() + ", " + subject.group().label()));
    facts.add(Fact.text("whose", whose(subject)));
    PlanReport.paths(subject).forEach(path -> facts.add(Fact.code("where", path)));
    facts.add(
        Fact.text(
            "exposed",
            subject
                .exposedSince()
                .map(since -> "since " + since)
                .orElse("since when is not told")));
    if (subject.identity().lastUsedAt() != null) {
      facts.add(Fact.text("used", "last " + subject.identity().lastUsedAt()));
    }
    Replacement replacement = step.replacement();
    if (replacement != null) {
      facts.add(Fact.text("new", replaced(replacement)));
    }
    facts.add(
        Fact.text(
            "found",
            subject.verdict() + (subject.detail() == null ? "" : ": " + subject.detail())));
    facts.add(Fact.text("decided", decided(step.step())));
    facts.add(Fact.text(step.state().kind().label(), "since " + step.since()));
    facts.add(Fact.text(proof(step.state()) ? "proof" : "why", step.state().text()));
    String todo = todo(step);
    if (!todo.isEmpty()) {
      facts.add(Fact.text("left", todo));
    }
    facts.addAll(PlanReport.advice(subject));
    return facts;
  }

  private static String replaced(Replacement replacement) {
    return (replacement.keyId().isEmpty() ? "a new key" : "key " + replacement.keyId())
        + (replacement.expiresAt() == null ? "" : ", until " + replacement.expiresAt());
  }

  private static boolean proof(StepState state) {
    return state.kind() == StepState.Kind.DEAD || state.kind() == StepState.Kind.CONTAINED;
  }

  private static String whose(Subject subject) {
    String tenant = subject.identity().tenant();
    return tenant == null || tenant.equals(subject.owner())
        ? subject.owner()
        : subject.owner() + " of " + tenant;
  }

  private static String decided(Step step) {
    return switch (step) {
      case Step.Act act ->
          act.verb()
              + (act.irreversible() ? ", final" : ", can be undone")
              + KeyText.chosen(act, "; key ");
      case Step.Rotate rotate ->
          "rotate to "
              + rotate.sinks().stream()
                  .map(sink -> sink.address().text())
                  .collect(Collectors.joining(", "))
              + (rotate.inPlace() ? ", in place" : ", then " + rotate.revocation().verb())
              + KeyText.chosen(rotate.revocation(), "; key ");
      case Step.ByHand byHand -> "by hand: " + byHand.why();
      case Step.Blocked blocked -> "blocked: " + blocked.why();
      case Step.Nothing nothing -> "nothing: " + nothing.why();
    };
  }

  /// What people have to do, and who has not acted yet.
  private static List<String> leftForPeople(Standing standing) {
    Map<String, List<Integer>> todos = new LinkedHashMap<>();
    Map<String, Integer> guided = new TreeMap<>();
    for (StepStanding step : standing.steps()) {
      String todo = todo(step);
      if (!todo.isEmpty()) {
        todos.computeIfAbsent(todo, _ -> new ArrayList<>()).add(step.number());
      }
      if (step.state().kind() == StepState.Kind.GUIDED) {
        guided.merge(addressee(step.step().subject()), 1, Integer::sum);
      }
    }
    var lines = new ArrayList<String>();
    todos.forEach((todo, steps) -> lines.add(numbers(steps) + ": " + todo));
    guided.forEach(
        (who, count) ->
            lines.add(who + " has not acted on " + count + (count == 1 ? " token" : " tokens")));
    return lines;
  }

  /// The numbers of steps, in words.
  public static String numbers(List<Integer> steps) {
    int shown = Math.min(steps.size(), NUMBERS);
    String first =
        steps.subList(0, shown).stream().map(String::valueOf).collect(Collectors.joining(", "));
    return (steps.size() == 1 ? "step " : "steps ")
        + first
        + (steps.size() > shown ? " and " + (steps.size() - shown) + " more" : "");
  }

  /// Who is to act on a token that only a person can revoke: its owner, or else who wrote it down.
  public static String addressee(Subject subject) {
    return subject
        .identity()
        .ownerOrTenant()
        .or(
            () ->
                subject.places().stream()
                    .map(IncidentReport::author)
                    .flatMap(Optional::stream)
                    .findFirst())
        .orElse("nobody known");
  }

  private static Optional<String> author(Place place) {
    return PlaceText.author(place.provenance()).filter(name -> !name.isBlank());
  }

  /// What a person has to do about a step; nothing where it is done with.
  static String todo(StepStanding step) {
    return switch (step.state().kind()) {
      case GUIDED ->
          (Listed.isOf(step.step().subject()) ? "replace it by hand" : "revoke it by hand")
              + guidance(step.step());
      case NEEDS_TOKEN -> "supply the token: stanch incident supply --from FILE";
      case REFUSED -> "look at it: " + step.state().text();
      case WITHHELD -> "decide, and stanch incident resume with it: " + step.state().text();
      case REVOKED_UNPROVEN -> "ask again: stanch incident resume";
      case CONTAINED ->
          step.step().act().filter(Step.Act::irreversible).isPresent()
              ? "have its owner revoke it: it lives on elsewhere"
              : "when nothing misses it, stanch incident resume --purge; else stanch incident undo"
                  + " STEP";
      case PARKED,
          PLANNED,
          INTENT,
          CALLED,
          REVOKED,
          MINTING,
          MINTED,
          DELIVERING,
          ACTIVATED,
          VERIFIED ->
          "go on: stanch incident resume";
      case HANDED_OVER ->
          "make a new one"
              + handedOver(step.step())
              + (step.mintsAgain()
                  ? "; or stanch incident resume, which asks its provider again"
                  : "");
      case DELIVERED ->
          "see that what uses it has the new one, then stanch incident resume --activated "
              + step.number();
      case DEAD, SPARED, RESTORED, REPLACED -> "";
    };
  }

  private static String handedOver(Step step) {
    Advice advice = step.subject().advice();
    String where =
        advice == null
            ? ""
            : " at "
                + advice.link()
                + (advice.permissions().isEmpty()
                    ? ""
                    : " with "
                        + advice.permissions().stream()
                            .map(Advice.Permission::text)
                            .collect(Collectors.joining(", ")));
    return where
        + ", and give its value: stanch incident supply --from FILE, a line "
        + step.subject().token().value()
        + "<TAB>VALUE";
  }

  private static String guidance(Step step) {
    return step instanceof Step.ByHand byHand
        ? byHand.guidance().map(IncidentReport::words).orElse("")
        : "";
  }

  private static String words(Guidance guidance) {
    return " (" + guidance.who() + "): " + guidance.link();
  }

  /// How many steps stand how, and how long it took.
  public static String summary(Standing standing) {
    var counts = new TreeMap<StepState.Kind, Integer>();
    standing.steps().forEach(step -> counts.merge(step.state().kind(), 1, Integer::sum));
    var parts = new ArrayList<String>();
    counts.forEach((kind, count) -> parts.add(count + " " + kind.label()));
    return "incident "
        + standing.id()
        + ": "
        + String.join(", ", parts)
        + standing
            .toLastProof()
            .map(
                took ->
                    "; "
                        + minutes(took)
                        + " minutes from start to last proof (goal "
                        + IncidentJson.GOAL.toMinutes()
                        + ")")
            .orElse("");
  }

  private static String minutes(Duration took) {
    return "%.1f".formatted(took.toMillis() / 60_000.0);
  }

  private void markdown(Standing standing) {
    out.println("# Incident " + standing.id());
    out.println();
    out.println(
        "Opened "
            + standing.opened()
            + " by "
            + PlanReport.cell(String.join(", ", standing.operators()))
            + ", plan "
            + standing.planHash()
            + ".");
    out.println();
    out.println(summary(standing) + ".");
    for (String reason : standing.reasons()) {
      out.println("\n**Reason:** " + PlanReport.cell(reason));
    }
    for (String note : standing.notes()) {
      out.println("\n**Note:** " + PlanReport.cell(note));
    }
    out.println();
    out.println(
        "| # | state | provider | token | owner | places | exposed since | found | decided"
            + " | proof or reason |");
    out.println("| ---: | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (StepStanding step : standing.steps()) {
      Subject subject = step.step().subject();
      out.println(
          "| "
              + String.join(
                  " | ",
                  String.valueOf(step.number()),
                  step.state().kind().label(),
                  subject.provider().value(),
                  MarkdownReport.code(subject.redacted()),
                  PlanReport.cell(whose(subject)),
                  PlanReport.cell(String.join(", ", PlanReport.paths(subject))),
                  subject.exposedSince().map(Objects::toString).orElse(""),
                  subject.verdict(),
                  step.step().verb(),
                  PlanReport.cell(step.state().text()))
              + " |");
    }
    List<String> left = leftForPeople(standing);
    if (!left.isEmpty()) {
      out.println("\n## Left for people\n");
      left.forEach(line -> out.println("- " + PlanReport.cell(line)));
    }
    PlanReport.replacements(
        standing.steps().stream().map(step -> step.step().subject()).toList(), out);
    out.println("\nHead of the journal: `" + standing.head() + "`");
  }

  private void html(Standing standing) {
    out.print(Html.begin("Incident " + standing.id()));
    out.println("<h1>Incident " + Html.text(standing.id()) + "</h1>");
    var facts = new ArrayList<Fact>();
    facts.add(Fact.text("Stands", summary(standing)));
    facts.add(Fact.text("Opened", standing.opened().toString()));
    facts.add(Fact.text("By", String.join(", ", standing.operators())));
    facts.add(Fact.code("Plan", standing.planHash()));
    facts.add(Fact.code("Head", standing.head()));
    standing.reasons().forEach(reason -> facts.add(Fact.text("Reason", reason)));
    standing.notes().forEach(note -> facts.add(Fact.text("Note", note)));
    out.print(Html.list(facts));
    List<String> left = leftForPeople(standing);
    if (!left.isEmpty()) {
      out.println("<h2>Left for people</h2>\n<ul>");
      left.forEach(line -> out.println("<li>" + Html.text(line) + "</li>"));
      out.println("</ul>");
    }
    out.println("<h2>Tokens</h2>");
    out.print(Html.tools(FILTERS, ORDERS) + "<section>\n");
    var items = new Html.Items();
    for (StepStanding step : standing.steps()) {
      out.print(items.next(item(step)));
    }
    out.println("</section>");
    out.print(Html.END);
  }

  private static Html.Item item(StepStanding step) {
    Subject subject = step.step().subject();
    StepState.Kind state = step.state().kind();
    return new Html.Item(
        new Html.Tag(state.label(), state.settled() ? "good" : "bad"),
        step.number()
            + " "
            + Html.text(subject.provider().value())
            + " "
            + Html.code(subject.redacted()),
        state.settled() ? Html.Attention.NONE : Html.Attention.WANTED,
        Map.of(
            "state", state.label(),
            "severity", subject.severity().label(),
            "provider", subject.provider().value(),
            "owner", subject.identity().ownerOrTenant().orElse(""),
            "group", subject.group().label(),
            "since", subject.exposedSince().map(Instant::toString).orElse(""),
            "places", Integer.toString(subject.places().size())),
        facts(step));
  }
}
