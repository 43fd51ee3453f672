package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.revokers.plan.Group;
import dev.stanch.revokers.plan.Plan;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.plan.Subject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/// Which steps of a plan may be taken.
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class ReleaseOptions {
  @Option(
      names = "--third-party",
      description = "Also acts on tokens that are not ours; needs --reason.")
  private boolean thirdParty;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why; it stands in the journal and in the report.")
  private String reason;

  @Option(
      names = "--include-unknown",
      description = "Also acts on tokens of which nobody knows whether they are live.")
  private boolean includeUnknown;

  @Option(
      names = "--allow-collateral",
      paramLabel = "N",
      split = ",",
      description = "Takes step N although more than its token stops working.")
  private Set<Integer> collateral = new HashSet<>();

  @Option(
      names = "--in-use",
      paramLabel = "N",
      split = ",",
      description = "Takes step N although this machine works with its token.")
  private Set<Integer> inUse = new HashSet<>();

  @Option(
      names = "--only-provider",
      paramLabel = "PROVIDER",
      split = ",",
      description = "Acts on tokens of these providers alone.")
  private Set<String> providers = new HashSet<>();

  @Option(
      names = "--owner",
      paramLabel = "OWNER",
      description = "Acts on tokens of these owners alone. May be given more than once.")
  private Set<String> owners = new HashSet<>();

  @Option(
      names = "--verdict",
      paramLabel = "VERDICT",
      split = ",",
      description = "Acts on tokens of these verdicts alone.")
  private Set<String> verdicts = new HashSet<>();

  @Option(
      names = "--max-actions",
      paramLabel = "N",
      defaultValue = "-1",
      description = "Takes at most so many steps.")
  private int maxActions;

  String reason() {
    return reason.strip();
  }

  void check() throws UserFault {
    if (thirdParty && reason().isEmpty()) {
      throw UserFault.of(
          ExitCode.USAGE, "--third-party without --reason", "say why: it stands in the journal");
    }
  }

  /// Whether anything was said about which steps to take.
  boolean chosen() {
    return thirdParty
        || includeUnknown
        || maxActions >= 0
        || !(collateral.isEmpty()
            && inUse.isEmpty()
            && providers.isEmpty()
            && owners.isEmpty()
            && verdicts.isEmpty());
  }

  /// The steps of a plan that are not taken, by their number, each with why.
  Map<Integer, String> withheld(Plan plan, Ours ours) {
    var acts = new TreeMap<Integer, Step.Act>();
    List<Step> steps = plan.steps();
    for (int i = 0; i < steps.size(); i++) {
      int number = i + 1;
      steps.get(i).act().ifPresent(act -> acts.put(number, act));
    }
    return withheld(acts, ours);
  }

  /// Those of these that are not taken, each with why.
  Map<Integer, String> withheld(SortedMap<Integer, Step.Act> acts, Ours ours) {
    var withheld = new TreeMap<Integer, String>();
    int taken = 0;
    for (Map.Entry<Integer, Step.Act> act : acts.entrySet()) {
      String why = why(act.getValue(), act.getKey(), ours);
      if (why.isEmpty() && maxActions >= 0 && taken >= maxActions) {
        why = "more than --max-actions " + maxActions;
      }
      if (why.isEmpty()) {
        taken++;
      } else {
        withheld.put(act.getKey(), why);
      }
    }
    return withheld;
  }

  private String why(Step.Act act, int number, Ours ours) {
    Subject subject = act.subject();
    if (!selected(providers, subject.provider().value())
        || !selected(owners, subject.owner())
        || !selected(verdicts, subject.verdict())) {
      return "not selected";
    }
    String changed = ours.objection(subject);
    if (!changed.isEmpty()) {
      return changed;
    }
    String group =
        switch (subject.group()) {
          case OURS -> "";
          case THIRD_PARTY -> foreign();
          case UNKNOWN -> unknown();
          case IN_USE ->
              !inUse.contains(number)
                  ? "this machine works with it: --in-use " + number
                  : ours.owns(subject)
                      ? ""
                      : subject.verdict().startsWith("live") ? foreign() : unknown();
          case CANARY -> "a canary";
        };
    if (group.isEmpty() && !act.collateral().isEmpty() && !collateral.contains(number)) {
      return "more than the token stops working: --allow-collateral " + number;
    }
    return group;
  }

  private String foreign() {
    return thirdParty ? "" : "not ours: --third-party --reason TEXT";
  }

  private String unknown() {
    return includeUnknown ? "" : "nobody knows whether it is live: --include-unknown";
  }

  private static boolean selected(Set<String> wanted, String value) {
    return wanted.isEmpty()
        || wanted.stream().anyMatch(each -> each.equalsIgnoreCase(value))
        || wanted.contains(value.toLowerCase(Locale.ROOT));
  }

  /// The groups that a person has to release by typing their count.
  static boolean confirmedApart(Group group) {
    return switch (group) {
      case OURS, CANARY -> false;
      case IN_USE, THIRD_PARTY, UNKNOWN -> true;
    };
  }
}
