package dev.stanch.cli.command;

import static java.util.Objects.requireNonNull;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.run.Inquiry;
import dev.stanch.revokers.spi.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The keys that a person says tokens are. Each is held against what its provider lists: it must be
/// one of the keys that the token may be, of no other token, and none that this machine works with.
///
/// @param all in the order in which they were said
/// @param depth whether tokens end, or what they reach
record ChosenKeys(List<Said> all, Inquiry.Depth depth) {
  private static final int NAMED = 20;

  ChosenKeys {
    all = List.copyOf(all);
  }

  /// One of them.
  ///
  /// @param where it was said, for messages
  /// @param token the token's id or its beginning
  /// @param key the provider's id of the key, as plans list it
  record Said(String where, String token, String key) {
    Said {
      requireNonNull(where, "where");
      requireNonNull(token, "token");
      requireNonNull(key, "key");
    }
  }

  /// A key of an account.
  private record Key(ProviderId provider, @Nullable String tenant, String id) {}

  /// Puts the chosen keys in the place of what was found.
  ///
  /// @throws UserFault when one cannot be meant, or must not be taken; all of them are named
  List<Planner.Verified> with(
      List<Planner.Verified> verified, Gathered gathered, Inquiry inquiry, Wiring wiring)
      throws UserFault, InterruptedException {
    if (all.isEmpty()) {
      return verified;
    }
    var wrong = new ArrayList<String>();
    Map<TokenId, Said> chosen = tokens(verified, wrong);
    var refused = new ArrayList<String>();
    var result = new ArrayList<Planner.Verified>();
    for (Planner.Verified one : verified) {
      Said said = chosen.get(one.finding().token());
      result.add(said == null ? one : one(one, said, wrong, refused, wiring));
    }
    twice(result, chosen, wrong);
    if (wrong.isEmpty() && refused.isEmpty()) {
      own(result, gathered, inquiry, refused);
    }
    if (wrong.isEmpty() && refused.isEmpty()) {
      return result;
    }
    wrong.addAll(refused);
    name(wrong, wiring);
    throw UserFault.of(
        wrong.size() > refused.size() ? ExitCode.USAGE : ExitCode.REFUSED,
        "nothing is planned with these keys",
        "run 'stanch plan' without them: it lists the keys that each token may be");
  }

  /// Prints problems, of many the first.
  static void name(Collection<String> problems, Wiring wiring) {
    problems.stream().limit(NAMED).forEach(wiring.messages()::error);
    if (problems.size() > NAMED) {
      wiring.messages().error("and " + (problems.size() - NAMED) + " more");
    }
  }

  /// The token of each; said twice alike is said once.
  private Map<TokenId, Said> tokens(List<Planner.Verified> verified, List<String> wrong) {
    var chosen = new LinkedHashMap<TokenId, Said>();
    for (Said said : all) {
      List<TokenId> meant =
          verified.stream()
              .map(one -> one.finding().token())
              .filter(token -> token.value().startsWith(said.token()))
              .toList();
      if (meant.size() != 1) {
        wrong.add(
            said.where()
                + ": "
                + (meant.isEmpty() ? "no token here has" : meant.size() + " tokens have")
                + " an id that begins with "
                + said.token());
        continue;
      }
      Said before = chosen.putIfAbsent(meant.getFirst(), said);
      if (before != null && !before.key().equals(said.key())) {
        wrong.add(
            said.where() + ": " + before.where() + " says another key of " + meant.getFirst());
      }
    }
    return chosen;
  }

  private static Planner.Verified one(
      Planner.Verified one, Said said, List<String> wrong, List<String> refused, Wiring wiring) {
    String token = said.where() + ": " + one.finding().token();
    switch (one.target()) {
      case null -> {
        if (!one.verification().dead()) {
          wrong.add(token + ": no key of it is looked for: " + one.verification().verdict());
        } else {
          // A list of keys is given again after a part of it was done.
          wiring.messages().warning(token + " is dead: its key needs no choosing");
        }
      }
      case Target.Ambiguous(var keys) -> {
        for (Target.Listed key : keys) {
          if (key.key().keyId().equals(said.key())) {
            return one.as(key);
          }
        }
        refused.add(token + ": that key is none of the " + keys.size() + " that are listed");
      }
      case Target.Located key -> {
        if (!key.keyId().equals(said.key())) {
          wrong.add(token + ": its key is known without choosing: " + key.keyId());
        }
      }
      case Target.NeedsCredential(var variable) ->
          wrong.add(token + ": nothing lists its keys: " + Planner.missing(variable));
      case Target.ByHandOnly(String reason) -> wrong.add(token + ": no key is acted on: " + reason);
      case Target.Foreign(String reason) -> refused.add(token + ": " + reason);
      case Target.Unclear(String reason) ->
          refused.add(token + ": its provider does not list its keys: " + reason);
    }
    return one;
  }

  /// One key is one token's, chosen or found.
  private static void twice(
      List<Planner.Verified> verified, Map<TokenId, Said> chosen, List<String> wrong) {
    var tokens = new HashMap<Key, TokenId>();
    for (Planner.Verified one : verified) {
      TokenId token = one.finding().token();
      if (!(one.target() instanceof Target.Located key) || key.keyId().equals(Target.BY_VALUE)) {
        continue;
      }
      TokenId other =
          tokens.putIfAbsent(new Key(one.finding().provider(), key.tenant(), key.keyId()), token);
      Said said = other == null ? null : chosen.getOrDefault(token, chosen.get(other));
      if (said != null) {
        wrong.add(said.where() + ": " + token + " and " + other + " cannot be the same key");
      }
    }
  }

  /// No key that this machine works with dies for another token.
  private static void own(
      List<Planner.Verified> verified, Gathered gathered, Inquiry inquiry, List<String> refused)
      throws InterruptedException {
    var own = new HashMap<ProviderId, Map<String, Target>>();
    for (var each : tokens(verified, gathered, one -> one.chosen() != null).entrySet()) {
      own.put(each.getKey(), inquiry.own(each.getKey(), each.getValue()));
    }
    for (Planner.Verified one : verified) {
      if (one.chosen() == null) {
        continue;
      }
      own.getOrDefault(one.finding().provider(), Map.of())
          .forEach(
              (variable, target) -> {
                if (target instanceof Target.Located key && key.keyId().equals(one.chosen().id())) {
                  refused.add(
                      one.finding().token()
                          + ": that key is "
                          + variable
                          + "'s, which Stanch uses");
                }
              });
    }
  }

  private static Map<ProviderId, List<HeldFinding>> tokens(
      List<Planner.Verified> verified, Gathered gathered, Predicate<Planner.Verified> which) {
    var tokens = new TreeMap<ProviderId, List<HeldFinding>>();
    for (Planner.Verified one : verified) {
      HeldFinding held = gathered.tokens().get(one.finding().token());
      if (held != null && which.test(one)) {
        tokens.computeIfAbsent(one.finding().provider(), _ -> new ArrayList<>()).add(held);
      }
    }
    return tokens;
  }

  /// What whoever chooses must know: where nothing tells the keys of a listing from each other,
  /// nothing tells that of our own credential either.
  static List<String> warnings(List<Planner.Verified> verified, Gathered gathered, Inquiry inquiry)
      throws InterruptedException {
    var asked = new TreeMap<ProviderId, List<String>>();
    for (var each :
        tokens(
                verified,
                gathered,
                one -> one.target() instanceof Target.Ambiguous || one.chosen() != null)
            .entrySet()) {
      asked.put(
          each.getKey(),
          inquiry.own(each.getKey(), each.getValue()).entrySet().stream()
              .filter(own -> own.getValue() instanceof Target.Ambiguous)
              .map(Map.Entry::getKey)
              .toList());
    }
    var lines = new ArrayList<String>();
    asked.forEach(
        (provider, variables) -> {
          if (!variables.isEmpty()) {
            lines.add(
                "the key of "
                    + String.join(" or ", variables)
                    + ", which Stanch works with, may be among the listed keys of "
                    + provider
                    + ", and nothing tells which it is: do not choose it");
          }
        });
    return lines;
  }
}
