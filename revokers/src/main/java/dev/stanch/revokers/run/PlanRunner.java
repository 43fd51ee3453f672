package dev.stanch.revokers.run;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.plan.Plan;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.ActionResult;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Target;
import dev.stanch.revokers.spi.Verification;
import dev.stanch.revokers.spi.Verifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Asks providers, and does what a plan says. The only maker of permits to read a token.
public final class PlanRunner {
  private final Providers providers;

  /// A runner over these providers.
  public PlanRunner(Providers providers) {
    this.providers = requireNonNull(providers, "providers");
  }

  /// What came of one revocation: how the call ended, and what a probe says afterwards.
  public record Outcome(Step.Revoke step, ActionResult result, Verification proof) {
    /// Whether the token is proven dead.
    public boolean proven() {
      return proof.dead();
    }
  }

  /// Asks a token's own provider about it.
  public Verification verify(HeldFinding token) throws InterruptedException {
    Provider provider = providers.find(token.finding().provider().value()).orElse(null);
    if (provider == null) {
      return new Verification.NotChecked("nothing here asks its provider");
    }
    Verifier verifier = provider.verifier(providers.context(provider)).orElse(null);
    return verifier == null
        ? new Verification.NotChecked("its provider cannot be asked")
        : verifier.verify(token, RevealPermit.grant("verify"));
  }

  /// Revokes what `plan` says, batch by batch, and proves each token dead.
  ///
  /// A token is asked about once more right before: its owner must still be the plan's.
  ///
  /// @param tokens the tokens, read again from their places
  public List<Outcome> revoke(Plan plan, Map<TokenId, HeldFinding> tokens)
      throws InterruptedException {
    var byProvider = new LinkedHashMap<ProviderId, List<Step.Revoke>>();
    for (Step.Revoke step : plan.revocations()) {
      byProvider.computeIfAbsent(step.provider(), _ -> new ArrayList<>()).add(step);
    }
    var outcomes = new ArrayList<Outcome>();
    for (var entry : byProvider.entrySet()) {
      Provider provider = providers.find(entry.getKey().value()).orElseThrow();
      Revoker revoker = provider.revoker(providers.context(provider)).orElseThrow();
      List<Step.Revoke> ready = confirmed(entry.getValue(), tokens, outcomes);
      for (int from = 0; from < ready.size(); from += revoker.largestBatch()) {
        List<Step.Revoke> batch =
            ready.subList(from, Math.min(ready.size(), from + revoker.largestBatch()));
        ActionResult result =
            revoker.act(
                Action.REVOKE,
                batch.stream()
                    .map(
                        step ->
                            new Revoker.Targeted(
                                requireNonNull(tokens.get(step.token())), Target.byValue()))
                    .toList(),
                RevealPermit.grant("revoke"));
        for (Step.Revoke step : batch) {
          outcomes.add(new Outcome(step, result, verify(requireNonNull(tokens.get(step.token())))));
        }
      }
    }
    return outcomes;
  }

  private List<Step.Revoke> confirmed(
      List<Step.Revoke> steps, Map<TokenId, HeldFinding> tokens, List<Outcome> outcomes)
      throws InterruptedException {
    var ready = new ArrayList<Step.Revoke>();
    for (Step.Revoke step : steps) {
      HeldFinding token = tokens.get(step.token());
      if (token == null) {
        outcomes.add(
            new Outcome(
                step,
                new ActionResult.Refused("the token no longer stands where it was found"),
                new Verification.NotChecked("not read again")));
        continue;
      }
      Verification now = verify(token);
      if (now instanceof Verification.Live(var identity)
          && identity.ownerOrTenant().orElse("untold").equals(step.owner())) {
        ready.add(step);
      } else {
        outcomes.add(
            new Outcome(
                step, new ActionResult.Refused("not as planned any more: " + now.verdict()), now));
      }
    }
    return ready;
  }
}
