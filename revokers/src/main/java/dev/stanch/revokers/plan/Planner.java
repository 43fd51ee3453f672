package dev.stanch.revokers.plan;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.Place;
import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Verification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns verified findings into a plan. Pure: the same findings give the same plan.
public final class Planner {
  private Planner() {}

  /// A finding and what its provider said.
  public record Verified(Finding finding, Verification verification) {}

  /// The plan for these findings.
  ///
  /// @param providers by id: what each lets us do
  public static Plan plan(List<Verified> findings, Map<String, Capabilities> providers) {
    var steps = new ArrayList<Step>();
    for (Verified verified : findings) {
      steps.add(step(verified, providers.get(verified.finding().provider().value())));
    }
    steps.sort(Comparator.comparingInt(Planner::urgency).thenComparing(Step::token));
    return new Plan(steps);
  }

  /// What a provider lets us do, as far as planning needs to know.
  public record Capabilities(boolean revokes, boolean reversible, Optional<Adviser> adviser) {}

  private static int urgency(Step step) {
    return switch (step) {
      case Step.Revoke _ -> 0;
      case Step.ByHand _ -> 1;
      case Step.Nothing _ -> 2;
    };
  }

  private static Step step(Verified verified, @Nullable Capabilities can) {
    Finding finding = verified.finding();
    List<String> places = finding.places().stream().map(Place::displayPath).distinct().toList();
    Verification verification = verified.verification();
    Adviser.Advice advice =
        can == null
            ? null
            : can.adviser().map(adviser -> adviser.advise(verification)).orElse(null);
    return switch (verification) {
      case Verification.Live(Identity identity) when can != null && can.revokes() ->
          new Step.Revoke(
              finding.token(),
              finding.redacted(),
              finding.provider(),
              places,
              identity.ownerOrTenant().orElse("untold"),
              identity.scopes(),
              can.reversible(),
              advice);
      case Verification.Live _,
          Verification.LiveRestricted _,
          Verification.LiveBlocked _,
          Verification.LiveNoCredit _ ->
          byHand(
              finding,
              places,
              verification,
              "live, and there is no way to revoke it by API",
              advice);
      case Verification.Unknown(String reason, _) ->
          byHand(
              finding, places, verification, "nobody knows whether it is live: " + reason, advice);
      case Verification.NotChecked(String reason) ->
          byHand(finding, places, verification, reason, advice);
      case Verification.Dead(String detail) ->
          new Step.Nothing(
              finding.token(), finding.redacted(), finding.provider(), places, "dead: " + detail);
      case Verification.DeadLeaked _ ->
          new Step.Nothing(
              finding.token(),
              finding.redacted(),
              finding.provider(),
              places,
              "dead: blocked as leaked");
    };
  }

  private static Step byHand(
      Finding finding,
      List<String> places,
      Verification verification,
      String why,
      Adviser.@Nullable Advice advice) {
    return new Step.ByHand(
        finding.token(),
        finding.redacted(),
        finding.provider(),
        places,
        verification.verdict(),
        why,
        advice);
  }
}
