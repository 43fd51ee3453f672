package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.report.Inventory.Policy;
import dev.stanch.detectors.rule.YamlTree;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the policy that an inventory is held to; all its mistakes are named at once.
final class PolicyFile {
  private int maxAgeDays = Policy.USUAL.maxAgeDays();
  private Policy.Stance shared = Policy.USUAL.shared();
  private Policy.Stance broader = Policy.USUAL.broader();
  private Policy.Stance accountWide = Policy.USUAL.accountWide();
  private Policy.Expiry expiry = Policy.USUAL.expiry();
  private @Nullable LocalDate setBefore = Policy.USUAL.setBefore();
  private final List<String> problems = new ArrayList<>();

  private PolicyFile() {}

  static Policy read(NamedFile file) throws UserFault {
    var policy = new PolicyFile();
    file.fields(policy.problems).forEach(policy::field);
    file.refuse(
        policy.problems,
        "max-age-days, shared, broader and account-wide (allowed, refused), expiry (any,"
            + " required) and set-before are known");
    return new Policy(
        policy.maxAgeDays,
        policy.shared,
        policy.broader,
        policy.accountWide,
        policy.expiry,
        policy.setBefore);
  }

  private void field(String name, YamlTree value) {
    String text = value instanceof YamlTree.Scalar scalar ? scalar.text() : "";
    try {
      switch (name) {
        case "max-age-days" -> maxAgeDays = Integer.parseInt(text);
        case "shared" -> shared = stance(text);
        case "broader" -> broader = stance(text);
        case "account-wide" -> accountWide = stance(text);
        case "expiry" -> expiry = Policy.Expiry.valueOf(text.toUpperCase(Locale.ROOT));
        case "set-before" -> setBefore = LocalDate.parse(text);
        default -> problems.add("line " + value.line() + ": '" + name + "' is unknown");
      }
    } catch (IllegalArgumentException | DateTimeException _) {
      problems.add("line " + value.line() + ": '" + name + "' cannot be that");
    }
  }

  private static Policy.Stance stance(String text) {
    return Policy.Stance.valueOf(text.toUpperCase(Locale.ROOT));
  }
}
