package dev.stanch.cli.command;

import dev.stanch.detectors.model.InventoryEntry;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What makes a secret one to replace though nobody shows its value.
final class ExposureOptions {
  @Option(
      names = "--exposed-since",
      paramLabel = "DATE",
      description =
          "The day of a breach (YYYY-MM-DD, UTC): every secret that was set before it is listed as"
              + " one to replace, whoever its provider is.")
  private @Nullable LocalDate breach;

  boolean given() {
    return breach != null;
  }

  /// The entries as this run judges them.
  List<InventoryEntry> judged(List<InventoryEntry> entries) {
    if (breach == null) {
      return entries;
    }
    var moment = breach.atStartOfDay(ZoneOffset.UTC).toInstant();
    return entries.stream().map(entry -> entry.afterBreach(moment)).toList();
  }
}
