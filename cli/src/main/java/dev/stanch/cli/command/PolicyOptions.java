package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.Inventory;
import dev.stanch.detectors.model.InventoryEntry;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What tokens, and secrets that nobody shows, are held to.
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class PolicyOptions {
  @Option(names = "--policy", paramLabel = "FILE", description = "What to hold the tokens to.")
  private @Nullable Path file;

  @Mixin private ExposureOptions exposure;

  boolean given() {
    return file != null || exposure.given();
  }

  Inventory.Policy policy(Wiring wiring) throws UserFault {
    Path named = file;
    return named == null ? Inventory.Policy.USUAL : PolicyFile.read(new NamedFile(named, wiring));
  }

  /// The entries as this run judges them.
  List<InventoryEntry> judged(List<InventoryEntry> entries) {
    return exposure.judged(entries);
  }
}
