package dev.stanch.detectors.baseline;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Suppression;
import java.time.LocalDate;
import java.util.Optional;

/// A baseline that speaks for what it accepts, until an entry expires. Not thread-safe.
public final class BaselineJudge implements Suppressor.Judge {
  private final Baseline.Matcher matcher;
  private final String name;
  private final LocalDate today;

  /// The judge of a baseline.
  ///
  /// @param name how reports name the file
  public BaselineJudge(Baseline baseline, String name, LocalDate today) {
    this.matcher = new Baseline.Matcher(baseline);
    this.name = requireNonNull(name, "name");
    this.today = requireNonNull(today, "today");
  }

  @Override
  public Optional<Suppression> judge(HeldFinding held, Place place, String path) {
    return matcher.of(held, path).stream()
        .filter(entry -> !entry.expired(today))
        .findFirst()
        .map(entry -> new Suppression(Suppression.Kind.BASELINE, name, reason(entry)));
  }

  private static String reason(Baseline.Entry entry) {
    return entry.owner().isEmpty() ? entry.reason() : entry.reason() + " (" + entry.owner() + ")";
  }
}
