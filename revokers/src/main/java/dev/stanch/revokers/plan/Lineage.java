package dev.stanch.revokers.plan;

import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.TokenId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which tokens of a plan may have been made with which others and die with them, as far as their
/// providers tell: a child is found by a rule that its parent's provider names, is not older, and
/// is of no other tenant.
final class Lineage {
  private final Function<ProviderId, Map<String, Set<String>>> takes;

  /// @param takes of a provider: by a parent's rule, those of its children
  Lineage(Function<ProviderId, Map<String, Set<String>>> takes) {
    this.takes = takes;
  }

  /// The same steps, in their order but for parents: each comes behind its children, and waits for
  /// what takes the place of those that are replaced.
  List<Step> ordered(List<Step> steps) {
    var placed = new LinkedHashSet<Integer>();
    for (int i = 0; i < steps.size(); i++) {
      place(i, steps, placed, new LinkedHashSet<>());
    }
    return placed.stream().map(number -> waiting(steps.get(number), steps)).toList();
  }

  private void place(int number, List<Step> steps, Set<Integer> placed, Set<Integer> path) {
    if (placed.contains(number) || !path.add(number)) {
      return;
    }
    Step parent = steps.get(number);
    if (takesOthers(parent)) {
      for (int i = 0; i < steps.size(); i++) {
        boolean together = steps.get(i).subject().group() == parent.subject().group();
        if (together && !placed.contains(i) && isChild(steps.get(i), parent)) {
          place(i, steps, placed, path);
        }
      }
    }
    placed.add(number);
  }

  private Step waiting(Step parent, List<Step> steps) {
    if (!takesOthers(parent)) {
      return parent;
    }
    var children = new ArrayList<TokenId>();
    for (Step step : steps) {
      if (step instanceof Step.Rotate && isChild(step, parent)) {
        children.add(step.subject().token());
      }
    }
    return switch (parent) {
      case Step.Act act -> act.after(children);
      case Step.Rotate rotate -> rotate.after(children);
      case Step.ByHand _, Step.Blocked _, Step.Nothing _ -> parent;
    };
  }

  /// A public token ends first, whatever dies with it; what this machine works with ends last.
  private boolean takesOthers(Step step) {
    return apart(step) && !rules(step).isEmpty();
  }

  private static boolean apart(Step step) {
    boolean first = step instanceof Step.Rotate rotate && rotate.revokesFirst();
    return step.act().isPresent() && !first && step.subject().group() != Group.IN_USE;
  }

  private Set<String> rules(Step step) {
    return takes.apply(step.subject().provider()).getOrDefault(step.subject().rule(), Set.of());
  }

  private boolean isChild(Step step, Step parent) {
    Subject child = step.subject();
    Subject maker = parent.subject();
    if (!apart(step)
        || child.token().equals(maker.token())
        || !child.provider().equals(maker.provider())
        || !rules(parent).contains(child.rule())
        || differ(child.identity().tenant(), maker.identity().tenant())) {
      return false;
    }
    Instant born = child.identity().createdAt();
    Instant before = maker.identity().createdAt();
    return born == null || before == null
        // Of two that may each have made the other only their ages tell.
        ? !rules(step).contains(maker.rule())
        : born.isAfter(before);
  }

  private static boolean differ(@Nullable String one, @Nullable String other) {
    return one != null && other != null && !one.equals(other);
  }
}
