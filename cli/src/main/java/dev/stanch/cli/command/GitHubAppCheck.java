package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.command.TokenChecks.Asking;
import dev.stanch.cli.report.DoctorReport.Check;
import dev.stanch.cli.report.DoctorReport.State;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.github.AppInstallation;
import dev.stanch.detectors.source.github.GitHubApi;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Looks at the operator's GitHub Apps: whether what names one is whole and, when told to ask, what
/// GitHub says of it. No token of an installation is made.
final class GitHubAppCheck {
  private static final List<String> PREFIXES = List.of("GITHUB_APP_", "GITHUB_ENTERPRISE_APP_");

  /// What a scan of a repository reads first (docs/GUIDE.md).
  private static final List<String> WANTED =
      List.of("contents", "metadata", "issues", "pull_requests", "discussions");

  private static final Set<String> READING = Set.of("read", "write", "admin");

  private final Wiring wiring;
  private final Map<String, String> variables;

  GitHubAppCheck(Wiring wiring) {
    this.wiring = wiring;
    this.variables = wiring.console().environment().variables();
  }

  List<Check> of(Asking asking) throws UserFault {
    var checks = new ArrayList<Check>();
    for (String prefix : PREFIXES) {
      boolean numbered = set(prefix + "ID");
      boolean keyed = set(prefix + "PRIVATE_KEY") || set(prefix + "PRIVATE_KEY_FILE");
      if (numbered && keyed) {
        checks.add(whole(prefix, asking));
      } else if (numbered) {
        checks.add(
            new Check(
                prefix + "ID",
                State.WRONG,
                "set without the App's key, so it is not used",
                "set " + prefix + "PRIVATE_KEY_FILE to the .pem file of the App, or unset it"));
      } else if (keyed) {
        checks.add(
            new Check(
                prefix + "PRIVATE_KEY",
                State.WRONG,
                "set without the App's number, so it is not used",
                "set " + prefix + "ID to the number in the App's settings, or unset the key"));
      }
    }
    return checks;
  }

  private boolean set(String name) {
    return !variables.getOrDefault(name, "").isBlank();
  }

  private Check whole(String prefix, Asking asking) throws UserFault {
    String name = prefix + "ID";
    try (var transport = wiring.transport()) {
      var api = GitHubApi.of(variables, wiring.userConfiguration().allowedHosts(), transport);
      if (!api.appVariables().equals(prefix)) {
        return new Check(
            name,
            State.ABSENT,
            "set; not for the host that GITHUB_API_URL and GH_HOST point to",
            "set " + api.appVariables() + "ID and its key for that one");
      }
      return asking == Asking.PROVIDERS
          ? check(name, api.installation().orElseThrow())
          : new Check(
              name,
              State.OK,
              "set; reads repositories at GitHub as an App",
              "stanch doctor --verify asks GitHub");
    } catch (SourceException e) {
      return new Check(name, State.WRONG, String.valueOf(e.getMessage()), e.hint());
    } catch (IOException e) {
      return new Check(
          name,
          State.ABSENT,
          "unknown: " + e.getMessage(),
          "ask again later: nothing is known of it");
    }
  }

  private static Check check(String name, AppInstallation told) {
    String what = "App " + told.app() + ", installed at " + told.account();
    if (told.suspended()) {
      return new Check(
          name,
          State.WRONG,
          what + ", is suspended",
          "unsuspend it among the installed GitHub Apps in the settings of " + told.account());
    }
    var rights = new ArrayList<String>();
    told.permissions().forEach((right, how) -> rights.add(right + ": " + how));
    List<String> lacking =
        WANTED.stream()
            .filter(right -> !READING.contains(told.permissions().getOrDefault(right, "")))
            .toList();
    return new Check(
        name,
        lacking.isEmpty() ? State.OK : State.ABSENT,
        "live, "
            + what
            + " for "
            + (told.repositories().equals("all") ? "all" : "some")
            + " repositories, may "
            + String.join(", ", rights)
            + (lacking.isEmpty() ? "" : "; cannot read " + String.join(", ", lacking)),
        lacking.isEmpty()
            ? ""
            : "add Read-only access to them in the App's settings, and accept it at "
                + told.account());
  }
}
