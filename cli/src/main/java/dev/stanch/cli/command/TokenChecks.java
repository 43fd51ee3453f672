package dev.stanch.cli.command;

import dev.stanch.cli.Environment;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.DoctorReport.Check;
import dev.stanch.cli.report.DoctorReport.State;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.scan.Scanner;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.process.ProcessSource;
import dev.stanch.revokers.run.Inquiry;
import dev.stanch.revokers.run.Providers;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.Verification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Looks at the operator's tokens: which variables hold one and, when told to ask, what their
/// providers say.
final class TokenChecks {
  /// What sources read with; providers tell what they act with.
  private static final Map<String, String> SOURCES =
      Map.of(
          "HF_TOKEN", "reads Spaces (read scope is enough)",
          "GH_TOKEN", "reads repositories at GitHub",
          "GITHUB_TOKEN", "reads repositories at GitHub");

  private final Wiring wiring;
  private final Environment environment;

  /// Who is asked about a token.
  enum Asking {
    NOBODY,
    /// Each token's own provider.
    PROVIDERS
  }

  TokenChecks(Wiring wiring) {
    this.wiring = wiring;
    this.environment = wiring.console().environment();
  }

  List<Check> of(Asking asking) throws UserFault, InterruptedException {
    var known = new TreeMap<String, String>(SOURCES);
    for (Provider provider : wiring.providerCatalogue().all()) {
      for (AdminVariable variable : provider.adminVariables()) {
        known.putIfAbsent(
            variable.name(), "acts at " + provider.name() + ", wants: " + variable.right());
      }
    }
    var held = new TreeMap<String, String>();
    known.keySet().forEach(name -> environment.variable(name).ifPresent(v -> held.put(name, v)));
    List<Check> apps = new GitHubAppCheck(wiring).of(asking);
    if (held.isEmpty() && apps.isEmpty()) {
      return List.of(
          new Check(
              "tokens",
              State.ABSENT,
              "no variable holds one: scans of other hosts read what is public, and no provider"
                  + " that asks for an operator's token is acted at",
              "set HF_TOKEN or GH_TOKEN to read, and what docs/PROVIDERS.md names to act"));
    }
    Map<String, Check> answers = asking == Asking.PROVIDERS ? answers(held) : Map.of();
    var checks = new ArrayList<>(apps);
    for (String name : held.keySet()) {
      checks.add(
          answers.getOrDefault(
              name,
              new Check(
                  name,
                  State.OK,
                  "set; "
                      + known.get(name)
                      + (asking == Asking.PROVIDERS ? "; its form tells no provider to ask" : ""),
                  asking == Asking.PROVIDERS ? "" : "stanch doctor --verify asks its provider")));
    }
    return checks;
  }

  /// What providers say about the tokens in these variables, by variable. A key for this once: no
  /// id of theirs is shown.
  private Map<String, Check> answers(Map<String, String> variables)
      throws UserFault, InterruptedException {
    var key = new byte[TokenKey.LENGTH];
    wiring.random().nextBytes(key);
    var detector = wiring.ruleSets().ready(List.of(), List.of(), Set.of()).detector();
    var answers = new HashMap<String, Check>();
    try (ScanResult result =
            new Scanner(detector, new TokenKey(key), 1)
                .scan(ProcessSource.ofEnvironment(variables), new ScanProgress());
        Providers providers = wiring.providers()) {
      var inquiry = new Inquiry(providers, wiring.userConfiguration().canaries());
      for (HeldFinding held : result.findings()) {
        if (held.finding().evidence().provesProvider()) {
          Verification answer = inquiry.verify(held);
          held.finding()
              .places()
              .forEach(
                  place -> {
                    String name = place.provenance().path();
                    answers.put(name, check(name, answer));
                  });
        }
      }
    } catch (SourceException e) {
      throw new IllegalStateException("an environment in hand can be read", e);
    }
    return answers;
  }

  private static Check check(String name, Verification answer) {
    var told = new StringBuilder(answer.verdict());
    answer.told().ownerOrTenant().ifPresent(owner -> told.append(", belongs to ").append(owner));
    List<String> scopes = answer.told().scopes();
    if (!scopes.isEmpty()) {
      told.append(", may ").append(String.join(", ", scopes));
    }
    answer.why().ifPresent(why -> told.append(": ").append(why));
    String verdict = answer.verdict();
    if (verdict.startsWith("dead")) {
      return new Check(
          name, State.WRONG, told.toString(), "make a new one at its provider, or unset " + name);
    }
    return verdict.startsWith("live")
        ? new Check(name, State.OK, told.toString(), "")
        : new Check(name, State.ABSENT, told.toString(), "ask again later: nothing is known of it");
  }
}
