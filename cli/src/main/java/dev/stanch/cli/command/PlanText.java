package dev.stanch.cli.command;

import dev.stanch.cli.report.Printable;
import dev.stanch.revokers.plan.Plan;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.spi.Adviser;
import java.io.PrintWriter;
import java.util.List;

/// Prints plans and advice for people.
final class PlanText {
  private final PrintWriter out;

  PlanText(PrintWriter out) {
    this.out = out;
  }

  void plan(Plan plan) {
    for (Step step : plan.steps()) {
      switch (step) {
        case Step.Revoke revoke -> {
          head("revoke", step);
          line(
              "owner",
              revoke.owner()
                  + (revoke.scopes().isEmpty() ? "" : ", " + String.join(", ", revoke.scopes())));
          line(
              "effect",
              revoke.reversible() ? "can be undone" : "final: whatever uses it stops working");
        }
        case Step.ByHand byHand -> {
          head("by hand", step);
          line("why", byHand.why());
        }
        case Step.Nothing nothing -> {
          head("nothing", step);
          line("why", nothing.why());
        }
      }
      places(step.places());
      step.replacement().ifPresent(this::advice);
    }
    out.println();
    out.println(plan.revocations().size() + " to revoke, plan " + plan.hash());
  }

  void advice(Adviser.Advice advice) {
    line("instead", advice.summary());
    if (!advice.permissions().isEmpty()) {
      line("with", String.join(", ", advice.permissions()));
    }
    line("at", advice.link());
    advice.steps().forEach(step -> line("then", step));
  }

  void head(String action, Step step) {
    out.println(action + "  " + step.provider() + "  " + step.redacted() + "  " + step.token());
  }

  void places(List<String> places) {
    int shown = Math.min(places.size(), 3);
    for (String place : places.subList(0, shown)) {
      line("in", Printable.of(place));
    }
    if (places.size() > shown) {
      line("in", places.size() - shown + " more places");
    }
  }

  private void line(String label, String text) {
    out.println("  " + label + " ".repeat(Math.max(1, 9 - label.length())) + text);
  }
}
