package dev.stanch.cli;

import dev.stanch.detectors.model.ProviderId;
import dev.stanch.revokers.run.Providers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Our own mistakes in what asks one provider or another: the run goes on without that provider,
/// and ends as one with a bug. Thread-safe.
final class Bugs implements Providers.Bugs {
  private final List<Bug> all = new ArrayList<>();
  private final Set<String> known = new HashSet<>();

  private record Bug(ProviderId provider, Throwable cause) {}

  /// The same mistake is kept once, however many tokens meet it.
  @Override
  public synchronized void happened(ProviderId provider, Throwable bug) {
    StackTraceElement[] frames = bug.getStackTrace();
    String where = frames.length == 0 ? "" : frames[0].toString();
    if (known.add(provider + " " + bug.getClass().getName() + " " + where)) {
      all.add(new Bug(provider, bug));
    }
  }

  /// Says them, and how the run ends with them: a mistake of ours comes before everything else.
  synchronized int ending(int code, Messages messages, Detail detail) {
    for (Bug bug : all) {
      messages.bug("in what asks " + bug.provider(), bug.cause(), detail);
    }
    return all.isEmpty() ? code : ExitCode.BUG.value();
  }
}
