package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.revokers.plan.Group;
import dev.stanch.revokers.plan.ListedKey;
import dev.stanch.revokers.plan.Plan;
import dev.stanch.revokers.plan.PlanJson;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.plan.Subject;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Guidance;
import dev.stanch.revokers.spi.Rotator;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Prints plans.
public final class PlanReport {
  private static final int PLACES = 3;
  private static final int UNCOVERED = 20;
  private static final int KEYS = 20;

  private final PrintWriter out;

  /// A report on `out`.
  public PlanReport(PrintWriter out) {
    this.out = requireNonNull(out, "out");
  }

  /// Writes a plan.
  public void write(Plan plan, PlanFormat format) {
    switch (format) {
      case TEXT -> text(plan);
      case JSON -> out.print(PlanJson.pretty(plan));
      case MD -> markdown(plan);
      case HTML -> html(plan, "");
    }
    out.flush();
  }

  /// Writes what a plan comes to, without its steps.
  public void brief(Plan plan) {
    plan.warnings().forEach(warning -> out.println("note  " + Printable.of(warning)));
    plan.acting().forEach(acting -> out.println("as  " + acting.provider() + "  " + acting.text()));
    var owners = new TreeMap<String, List<String>>();
    for (Step step : plan.steps()) {
      Subject subject = step.subject();
      owners
          .computeIfAbsent(
              step.verb() + "  " + subject.provider() + "  " + subject.group().label(),
              _ -> new ArrayList<>())
          .add(subject.owner());
    }
    owners.forEach((what, of) -> out.println(of.size() + "  " + what + "  " + named(of)));
    long open = plan.choices().stream().mapToLong(choice -> choice.tokens().size()).sum();
    if (open > 0) {
      out.println(
          open
              + "  wait for a person to choose their keys: 'stanch plan --format json' lists them"
              + " under 'choices', --keys FILE takes what was chosen");
    }
    out.println();
    out.println(summary(plan));
    out.flush();
  }

  /// A few owners by name, or how many there are.
  private static String named(List<String> owners) {
    List<String> distinct = owners.stream().distinct().toList();
    return distinct.size() > PLACES
        ? distinct.size() + " owners"
        : Printable.of(String.join(", ", distinct));
  }

  private void text(Plan plan) {
    plan.warnings().forEach(warning -> out.println("note  " + Printable.of(warning)));
    plan.acting().forEach(acting -> out.println("as  " + acting.provider() + "  " + acting.text()));
    int number = 0;
    for (Step step : plan.steps()) {
      head(++number + "  " + step.verb(), step);
      for (Fact fact : facts(step, plan)) {
        line(fact.label(), fact.text());
      }
      places(step.subject());
      AdviceReport.print(advice(step.subject()), out);
    }
    out.println();
    out.println(summary(plan));
    out.println("plan " + plan.hash() + ", good until " + plan.createdAt().plus(Plan.VALID));
  }

  private static List<Fact> facts(Step step, Plan plan) {
    var facts = new ArrayList<Fact>();
    Subject subject = step.subject();
    facts.add(Fact.text("verdict", verdict(subject)));
    facts.add(Fact.text("group", subject.group().label()));
    subject.due().forEach(fault -> facts.add(Fact.text("due", fault)));
    if (!subject.verdict().equals("not-checked") && !subject.verdict().startsWith("dead")) {
      facts.add(
          Fact.text(
              "owner",
              subject.owner()
                  + (subject.identity().scopes().isEmpty()
                      ? ""
                      : ", " + String.join(", ", subject.identity().scopes()))));
      if (subject.identity().tenant() != null) {
        facts.add(Fact.text("tenant", subject.identity().tenant()));
      }
    }
    subject.exposedSince().ifPresent(since -> facts.add(Fact.text("exposed", "since " + since)));
    if (subject.identity().lastUsedAt() != null) {
      facts.add(Fact.text("used", "last " + subject.identity().lastUsedAt()));
    }
    switch (step) {
      case Step.Act act -> act(act, facts);
      case Step.Rotate rotate -> {
        if (rotate.revokesFirst()) {
          facts.add(
              Fact.text(
                  "first",
                  rotate.revocation().verb()
                      + ": "
                      + rotate.first()
                      + "; until it is replaced, whatever uses it fails"));
        }
        facts.add(Fact.text("mint", minted(rotate)));
        rotate
            .sinks()
            .forEach(
                sink ->
                    facts.add(
                        Fact.text(
                            "to",
                            sink.address().text()
                                + (sink.updatedAt() == null
                                    ? ""
                                    : ", unread, last written " + sink.updatedAt()))));
        uncovered(rotate).forEach(text -> facts.add(Fact.text("by hand", text)));
        facts.add(Fact.text("then", ending(rotate)));
        act(rotate.revocation(), facts);
      }
      case Step.ByHand byHand -> {
        facts.add(Fact.text("why", byHand.why()));
        byHand.guidance().ifPresent(guidance -> guided(guidance, facts));
      }
      case Step.Blocked blocked -> {
        facts.add(Fact.text("why", blocked.why()));
        choices(subject, plan.keys(subject.token()), facts);
      }
      case Step.Nothing nothing -> facts.add(Fact.text("why", nothing.why()));
    }
    return facts;
  }

  /// Each key that a token may be, as the option that says so. One that was made after the leak is
  /// none of them.
  private static void choices(Subject subject, List<ListedKey> keys, List<Fact> facts) {
    Instant exposed = subject.exposedSince().orElse(null);
    List<ListedKey> possible =
        keys.stream()
            .filter(
                key ->
                    exposed == null || key.createdAt() == null || !key.createdAt().isAfter(exposed))
            .toList();
    possible.stream()
        .limit(KEYS)
        .forEach(
            key ->
                facts.add(
                    Fact.text(
                        "choose", KeyText.option(subject.token(), key) + KeyText.about(key))));
    if (possible.size() > KEYS) {
      facts.add(
          Fact.text(
              "choose",
              "or one of "
                  + (possible.size() - KEYS)
                  + " more, which --format json lists under 'choices'"));
    }
  }

  private static void act(Step.Act act, List<Fact> facts) {
    facts.add(
        Fact.text(
            "effect",
            act.action() == Action.WITHDRAW
                ? "final: it reaches "
                    + act.tenant()
                    + " no more, and lives on elsewhere: its owner revokes it"
                : act.irreversible() ? "final: whatever uses it stops working" : "can be undone"));
    if (act.tenant() != null) {
      facts.add(Fact.text("key", act.keyId() + " of " + act.tenant()));
    }
    if (act.chosen() != null) {
      facts.add(Fact.text("chosen", KeyText.chosen(act, "")));
    }
    act.otherwise().forEach(key -> facts.add(Fact.text("or by", key)));
    act.collateral().forEach(also -> facts.add(Fact.text("also", also + " stops working")));
    act.after()
        .forEach(
            token -> facts.add(Fact.text("after", token + ", which dies with it, is replaced")));
    facts.add(Fact.text("batch", act.subject().provider() + " " + act.batch()));
  }

  private static String minted(Step.Rotate rotate) {
    return switch (rotate.minting()) {
      case Step.Minting.ByCall(Rotator.Manner manner, String how) ->
          how
              + switch (manner) {
                case CREATE -> ", beside the old one";
                case IN_PLACE -> ", in place: the old one dies in the same call";
              };
      case Step.Minting.ByPerson(String why) -> "by hand, then stanch incident supply: " + why;
    };
  }

  private static String ending(Step.Rotate rotate) {
    String soak =
        rotate.soak().isZero() ? "" : ", or " + seconds(rotate.soak()) + " later if it is in use";
    if (rotate.revokesFirst()) {
      return "take into use, verify";
    }
    return rotate.inPlace()
        ? "take into use, verify, prove the old one dead"
        : "take into use, verify, " + rotate.revocation().verb() + " the old one" + soak;
  }

  /// The places that no sink writes: those that something reads one by one, and how many others.
  private static List<String> uncovered(Step.Rotate rotate) {
    boolean waits = !rotate.byHandFirst().isEmpty();
    var lines = new ArrayList<String>();
    List<String> used =
        rotate.uncovered().stream()
            .filter(Step.Uncovered::inUse)
            .map(each -> place(each.place()))
            .distinct()
            .toList();
    for (String place : used.subList(0, Math.min(used.size(), UNCOVERED))) {
      lines.add(
          "change "
              + place
              + ", which no sink writes"
              + (waits ? ": the revocation waits for it" : ": the revocation does not wait"));
    }
    if (used.size() > UNCOVERED) {
      lines.add("change " + (used.size() - UNCOVERED) + " more places, which the JSON lists");
    }
    long others = rotate.uncovered().stream().filter(each -> !each.inUse()).count();
    if (others > 0) {
      lines.add(
          others
              + (others == 1 ? " place" : " places")
              + " of history, logs or messages: no sink writes them, and nothing reads them");
    }
    return lines;
  }

  private static String seconds(Duration time) {
    return time.toSeconds() + " seconds";
  }

  private static void guided(Guidance guidance, List<Fact> facts) {
    facts.add(Fact.text("who", guidance.who()));
    facts.add(Fact.text("at", guidance.link()));
    guidance.steps().forEach(todo -> facts.add(Fact.text("then", todo)));
  }

  private static String verdict(Subject subject) {
    return subject.verdict() + (subject.detail() == null ? "" : ": " + subject.detail());
  }

  /// How many steps of which kind, and of whose tokens.
  public static String summary(Plan plan) {
    Map<String, Integer> verbs = new TreeMap<>();
    plan.steps().forEach(step -> verbs.merge(step.verb(), 1, Integer::sum));
    Map<Group, Integer> groups = new TreeMap<>();
    plan.acts().forEach(act -> groups.merge(act.subject().group(), 1, Integer::sum));
    var text = new StringBuilder();
    verbs.forEach(
        (verb, count) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(count)
                .append(" to ")
                .append(words(verb)));
    if (!groups.isEmpty()) {
      var counts = new ArrayList<String>();
      groups.forEach((group, count) -> counts.add(count + " " + group.label()));
      text.append(" (").append(String.join(", ", counts)).append(')');
    }
    return text.isEmpty() ? "nothing to do" : text.toString();
  }

  private static String words(String verb) {
    return switch (verb) {
      case "by hand" -> "do by hand";
      case "nothing" -> "leave";
      case "blocked" -> "stop at";
      default -> verb;
    };
  }

  private void head(String action, Step step) {
    Subject subject = step.subject();
    out.println(
        action + "  " + subject.provider() + "  " + subject.redacted() + "  " + subject.token());
  }

  private void places(Subject subject) {
    List<String> paths = paths(subject);
    int shown = Math.min(paths.size(), PLACES);
    for (String place : paths.subList(0, shown)) {
      line("in", place);
    }
    if (paths.size() > shown) {
      line("in", paths.size() - shown + " more places");
    }
  }

  static List<String> paths(Subject subject) {
    return paths(subject.places());
  }

  static List<String> paths(List<Place> places) {
    return places.stream().map(PlanReport::place).map(Printable::of).distinct().toList();
  }

  /// A variable's name alone says nothing: every container may have one of that name.
  private static String place(Place place) {
    Provenance from = place.provenance();
    String path = place.displayPath();
    boolean held = from instanceof Provenance.Setting || from instanceof Provenance.Layer;
    String name = path.isEmpty() ? from.container() : held ? from.container() + ":" + path : path;
    return name + ":" + place.location().line();
  }

  /// What there is to say about the replacement of a token; nothing where nobody knows one.
  static List<Fact> advice(Subject subject) {
    Advice advice = subject.advice();
    return advice == null ? List.of() : AdviceReport.facts(advice);
  }

  private void line(String label, String text) {
    out.println("  " + label + " ".repeat(Math.max(1, 9 - label.length())) + Printable.of(text));
  }

  private void markdown(Plan plan) {
    out.println("# Plan " + plan.hash());
    out.println();
    out.println(
        "Made "
            + plan.createdAt()
            + ", good until "
            + plan.createdAt().plus(Plan.VALID)
            + ". "
            + summary(plan)
            + ".");
    plan.warnings().forEach(warning -> out.println("\n**Note:** " + cell(warning)));
    for (Plan.Acting acting : plan.acting()) {
      out.println("\nAt " + acting.provider() + " we act for " + cell(acting.text()) + ".");
    }
    out.println();
    out.println("| # | do | provider | token | group | verdict | owner | places | remarks |");
    out.println("| ---: | --- | --- | --- | --- | --- | --- | --- | --- |");
    int number = 0;
    for (Step step : plan.steps()) {
      Subject subject = step.subject();
      out.println(
          "| "
              + String.join(
                  " | ",
                  String.valueOf(++number),
                  step.verb(),
                  subject.provider().value(),
                  MarkdownReport.code(subject.redacted()),
                  subject.group().label(),
                  cell(verdict(subject)),
                  cell(subject.owner()),
                  cell(String.join(", ", paths(subject))),
                  cell(due(subject) + remarks(step)))
              + " |");
    }
    replacements(plan.steps().stream().map(Step::subject).toList(), out);
  }

  /// The replacements of tokens, below a heading, in Markdown.
  static void replacements(List<Subject> subjects, PrintWriter out) {
    boolean first = true;
    for (Subject subject : subjects) {
      Advice advice = subject.advice();
      if (advice != null) {
        if (first) {
          out.println("\n## Replacements");
          first = false;
        }
        AdviceReport.markdown(
            subject.provider().value() + " " + MarkdownReport.code(subject.redacted()),
            advice,
            out);
      }
    }
  }

  private static String due(Subject subject) {
    return subject.due().isEmpty() ? "" : "due: " + String.join(", ", subject.due()) + "; ";
  }

  private static String remarks(Step step) {
    return switch (step) {
      case Step.Act act ->
          (act.irreversible() ? "final" : "can be undone")
              + KeyText.chosen(act, "; key ")
              + (act.collateral().isEmpty()
                  ? ""
                  : "; also stops: " + String.join(", ", act.collateral()));
      case Step.Rotate rotate ->
          minted(rotate)
              + "; to: "
              + rotate.sinks().stream()
                  .map(sink -> sink.address().text())
                  .collect(Collectors.joining(", "))
              + (rotate.revokesFirst() ? "; revoked first: " + rotate.first() : "")
              + uncovered(rotate).stream()
                  .map(text -> "; by hand: " + text)
                  .collect(Collectors.joining())
              + "; then "
              + ending(rotate)
              + KeyText.chosen(rotate.revocation(), "; key ");
      case Step.ByHand byHand ->
          byHand.why()
              + byHand
                  .guidance()
                  .map(guidance -> "; " + guidance.who() + ": " + guidance.link())
                  .orElse("");
      case Step.Blocked blocked -> blocked.why();
      case Step.Nothing nothing -> nothing.why();
    };
  }

  /// Writes a page.
  ///
  /// @param more HTML that stands before the steps
  void html(Plan plan, String more) {
    out.print(Html.begin("Plan " + plan.hash()));
    out.println("<h1>" + Html.text(summary(plan)) + "</h1>");
    out.println(
        "<p>Plan "
            + Html.code(plan.hash())
            + ", made "
            + plan.createdAt()
            + ", good until "
            + plan.createdAt().plus(Plan.VALID)
            + ".</p>");
    plan.warnings()
        .forEach(warning -> out.println("<p><b>Note:</b> " + Html.text(warning) + "</p>"));
    for (Plan.Acting acting : plan.acting()) {
      out.println(
          "<p>At "
              + Html.text(acting.provider())
              + " we act for "
              + Html.text(acting.text())
              + ".</p>");
    }
    out.print(more);
    int number = 0;
    for (Step step : plan.steps()) {
      Subject subject = step.subject();
      out.println(
          "<details open>\n<summary>"
              + ++number
              + " <b>"
              + step.verb()
              + "</b> "
              + Html.text(subject.provider().value())
              + " "
              + Html.code(subject.redacted())
              + "</summary>");
      var facts = new ArrayList<>(facts(step, plan));
      paths(subject).forEach(path -> facts.add(Fact.code("in", path)));
      facts.addAll(advice(subject));
      out.println(Html.list(facts) + "</details>");
    }
    out.print(Html.END);
  }

  /// Text in a cell of a Markdown table, or anywhere else in Markdown.
  static String cell(String text) {
    return MarkdownReport.escape(text);
  }
}
