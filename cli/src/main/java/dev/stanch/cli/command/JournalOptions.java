package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.revokers.journal.Incident;
import dev.stanch.revokers.journal.Journal;
import dev.stanch.revokers.journal.JournalException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the journal lies.
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class JournalOptions {
  @Option(
      names = "--journal",
      paramLabel = "URL",
      description =
          "The journal that several responders share: jdbc:postgresql://HOST/DATABASE, its"
              + " password in PGPASSWORD or ~/.pgpass (default: a file in your state folder).")
  private @Nullable String url;

  /// What is done with an incident.
  interface Work {
    /// Does it.
    ///
    /// @return the exit code
    int on(Incident incident) throws UserFault, InterruptedException, JournalException;
  }

  /// Does something with an incident.
  ///
  /// @param id its name, or how it begins; null is the only open one
  /// @return the exit code
  int with(Wiring wiring, @Nullable String id, Work work) throws UserFault, InterruptedException {
    try (Journal journal = open(wiring)) {
      return work.on(incident(journal, id));
    } catch (JournalException e) {
      throw fault(e);
    }
  }

  /// Opens it; whoever calls closes.
  Journal open(Wiring wiring) throws UserFault {
    String chosen = url;
    if (chosen != null) {
      if (!chosen.startsWith("jdbc:postgresql:")) {
        throw UserFault.of(
            ExitCode.USAGE, "--journal is no jdbc:postgresql: URL", "leave it out to use a file");
      }
      if (chosen.toLowerCase(Locale.ROOT).matches(".*(password=|//[^/@]*:[^/@]*@).*")) {
        throw UserFault.of(
            ExitCode.USAGE,
            "a password in --journal is seen by everybody on this machine",
            "set PGPASSWORD or write it to ~/.pgpass");
      }
    }
    try {
      return wiring.journal(chosen);
    } catch (JournalException e) {
      throw fault(e);
    }
  }

  /// The incident of a name, or the only open one.
  private static Incident incident(Journal journal, @Nullable String id)
      throws UserFault, JournalException {
    if (id != null) {
      return journal
          .find(id)
          .orElseThrow(
              () ->
                  UserFault.of(
                      ExitCode.USAGE, "no incident " + id, "stanch incident list names them"));
    }
    List<Journal.Listed> open =
        journal.list().stream().filter(one -> one.status() != Journal.Status.CLOSED).toList();
    if (open.size() != 1) {
      throw UserFault.of(
          ExitCode.USAGE,
          open.isEmpty() ? "no incident is open" : open.size() + " incidents are open",
          "name one; stanch incident list names them");
    }
    return journal.find(open.getFirst().id()).orElseThrow();
  }

  /// What a lost journal means to a person.
  static UserFault fault(JournalException e) {
    return UserFault.of(
        ExitCode.INCOMPLETE,
        String.valueOf(e.getMessage()),
        e.hint()
            .orElse(
                "no call is made without the journal; stanch incident resume goes on where it"
                    + " stands"));
  }
}
