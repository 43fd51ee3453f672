package dev.stanch.revokers.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The name under which this process holds steps. It tells another process of the same machine
/// whether this one is still there, so that nobody has to wait for the leases of the dead.
final class Holder {
  private Holder() {}

  /// This process.
  static String own() {
    return machine() + "/" + name(ProcessHandle.current());
  }

  /// Whether it certainly is no more: a process of this machine, and not running.
  static boolean dead(String holder) {
    String machine = machine();
    if (machine.isEmpty() || !holder.startsWith(machine + "/")) {
      return false;
    }
    String[] parts = holder.substring(machine.length() + 1).split("/", 2);
    try {
      Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(parts[0]));
      return process
          .filter(ProcessHandle::isAlive)
          .map(Holder::name)
          .filter(holder.substring(machine.length() + 1)::equals)
          .isEmpty();
    } catch (NumberFormatException _) {
      return false;
    }
  }

  private static String name(ProcessHandle process) {
    return process.pid()
        + "/"
        + process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
  }

  /// The running kernel and what numbers processes; empty where nothing tells.
  private static String machine() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | UnsupportedOperationException _) {
      return "";
    }
  }
}
