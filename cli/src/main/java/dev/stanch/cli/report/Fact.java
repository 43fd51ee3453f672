package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.scan.ScanResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One thing that a document for people says about a finding: the same in each format.
///
/// @param code what is shown as it stands somewhere, or empty
/// @param text what is said in words, or empty
record Fact(String label, String code, String text) {
  Fact {
    requireNonNull(label, "label");
    requireNonNull(code, "code");
    requireNonNull(text, "text");
  }

  /// Something shown as it stands somewhere.
  static Fact code(String label, String code) {
    return new Fact(label, code, "");
  }

  /// Something said in words.
  static Fact text(String label, String text) {
    return new Fact(label, "", text);
  }

  /// All there is to say about a finding, in order.
  static List<Fact> of(ReportedFinding one, PlaceText places) {
    Finding finding = one.finding();
    var facts = new ArrayList<Fact>();
    facts.add(text("Impact", finding.impact()));
    if (one.counts()) {
      facts.add(text("Next", NextStep.of(finding)));
    }
    for (Place place : finding.places()) {
      facts.add(new Fact("At", places.of(place), places.note(place)));
    }
    facts.add(
        text(
            "Why",
            Amount.decimal(finding.confidence(), 2) + ": " + String.join(", ", finding.why())));
    if (one.verification().checked()) {
      facts.add(text("Verdict", one.verification().text()));
    }
    for (Part part : finding.parts()) {
      facts.add(code(part.name(), part.value()));
    }
    facts.add(new Fact("Rule", finding.rule().value(), "of " + finding.provider().value()));
    facts.add(code("Token id", finding.token().value()));
    one.fingerprints().forEach(print -> facts.add(code("Fingerprint", print.value())));
    return facts;
  }

  /// What a report comes to.
  static String headline(Report report) {
    long found = report.newFindings();
    return found == 0
        ? "No leaked token found"
        : found + (found == 1 ? " leaked token" : " leaked tokens");
  }

  /// How much was read, in which time, and whether all of it; the rules are another fact.
  static Fact read(Report report) {
    var sum = report.summary();
    return new Fact(
        "Read",
        sum.rules(),
        "Read "
            + sum.texts()
            + " texts, "
            + Amount.bytes(sum.bytes())
            + (sum.commits() > 0 ? ", " + sum.commits() + " commits" : "")
            + " in "
            + Amount.decimal(sum.seconds(), 1)
            + " s on "
            + sum.started()
            + (sum.state() == ScanResult.State.COMPLETE
                ? ""
                : ", " + sum.state().name().toLowerCase(Locale.ROOT)));
  }
}
