package dev.stanch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;

/// The entry point. Everything below [#main] works on the streams it is given and returns a number,
/// so that tests call [#run] and only this class ends the process.
public final class Main {
  private Main() {}

  /// Runs the command line and ends the process with its exit code.
  public static void main(String[] args) {
    var stdout = new RememberingOutput(new FileOutputStream(FileDescriptor.out));
    var out = new PrintWriter(new OutputStreamWriter(stdout, UTF_8));
    var err =
        new PrintWriter(
            new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), UTF_8), true);
    var interruption = new Interruption();
    var ending = Ending.expect(interruption);
    int status = run(new Console(out, err, System.in, Environment.ofProcess(interruption)), args);
    out.flush();
    if (stdout.lostBytes() && status != ExitCode.BUG.value() && status != ExitCode.USAGE.value()) {
      new Messages(err).error("the result could not be written completely");
      status = ExitCode.INCOMPLETE.value();
    }
    err.flush();
    if (HookPath.knows(args)) {
      ending.halt(status);
    } else {
      ending.exit(status);
    }
  }

  /// Runs one command line and returns its exit code; never throws and never exits.
  ///
  /// The hook's path is tried first and is free of picocli, whose set-up alone costs more than a
  /// staged scan.
  static int run(Console console, String... args) {
    var messages = new Messages(console.err());
    try {
      var quick = HookPath.run(console, args);
      return quick.isPresent() ? quick.getAsInt() : CommandTree.execute(console, args);
    } catch (UserFault fault) {
      messages.fault(fault);
      return fault.code().value();
    } catch (Throwable bug) { // the outermost frame: whatever arrives here is ours
      boolean debug = console.environment().variable("STANCH_DEBUG").isPresent();
      messages.bug(bug, debug ? Detail.FULL : Detail.SHORT);
      return ExitCode.BUG.value();
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }
}
