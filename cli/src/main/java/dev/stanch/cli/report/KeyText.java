package dev.stanch.cli.report;

import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.plan.ListedKey;
import dev.stanch.revokers.plan.Step;
import java.util.regex.Pattern;

/// Keys that a person chooses from, and the option that says which.
public final class KeyText {
  private static final Pattern PLAIN = Pattern.compile("[\\w./%+:@,-]+");

  private KeyText() {}

  /// The option that says that a token is this key, as a shell takes it.
  static String option(TokenId token, ListedKey key) {
    String value = token + "=" + key.id();
    return "--key "
        + (PLAIN.matcher(key.id()).matches() ? value : "'" + value.replace("'", "'\\''") + "'");
  }

  /// The key that nothing but a person's word ties to its token, behind `lead`; nothing where its
  /// provider tells.
  public static String chosen(Step.Act act, String lead) {
    ListedKey key = act.chosen();
    return key == null ? "" : lead + key.id() + ", chosen by a person" + about(key);
  }

  /// What a person goes by, each part behind a comma.
  static String about(ListedKey key) {
    return (key.name() == null ? "" : ", named '" + key.name() + "'")
        + (key.createdAt() == null ? "" : ", made " + key.createdAt())
        + (key.lastUsedAt() == null ? "" : ", last used " + key.lastUsedAt());
  }
}
