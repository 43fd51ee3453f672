package dev.stanch.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The end of the process, asked for or not. When a person presses Ctrl-C the run is told to stop,
/// gets a moment to write what it has, and the process ends with its exit code instead of the
/// signal's.
final class Ending {
  /// Long enough for a report, short enough for somebody who wants their prompt back.
  private static final int PATIENCE_SECONDS = 20;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread onSignal;
  private volatile int status = ExitCode.INCOMPLETE.value();

  private Ending(Interruption interruption) {
    this.onSignal = new Thread(() -> signalled(interruption), "stanch-ending");
  }

  static Ending expect(Interruption interruption) {
    var ending = new Ending(interruption);
    Runtime.getRuntime().addShutdownHook(ending.onSignal);
    return ending;
  }

  private void signalled(Interruption interruption) {
    interruption.request();
    try {
      finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(status);
  }

  /// Ends the process without the steps that the JDK takes at an exit (it looks for a logger
  /// first), for a run that left nothing to be cleared away.
  void halt(int code) {
    status = code;
    if (removed()) {
      Runtime.getRuntime().halt(code);
    }
  }

  void exit(int code) {
    status = code;
    if (removed()) {
      System.exit(code);
    }
  }

  private boolean removed() {
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
      return true;
    } catch (IllegalStateException _) {
      finished.countDown(); // a signal came first: its thread ends the process
      return false;
    }
  }
}
