package dev.stanch.cli.command;

import static java.util.Objects.requireNonNull;

import dev.stanch.cli.ProgressDisplay;
import dev.stanch.cli.ProgressText;
import dev.stanch.detectors.model.ProviderId;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How far work at several providers has come: a bar or a line each. Thread-safe.
final class ProviderProgress implements ProgressDisplay.Watched {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm xxx", Locale.ROOT);

  /// So many bars fit on any terminal.
  private static final int MOST = 12;

  /// Of so many providers a log gets a line each.
  private static final int FEW = 4;

  private final String done;
  private final Clock clock;
  private final Map<ProviderId, Part> parts = new TreeMap<>();

  /// Nothing is known yet.
  ///
  /// @param done the word for what has been done to a token
  ProviderProgress(String done, Clock clock) {
    this.done = requireNonNull(done, "done");
    this.clock = requireNonNull(clock, "clock");
  }

  /// What is known of one provider.
  private static final class Part {
    private int expected;
    private int done;
    private @Nullable Instant parkedUntil;

    /// How many were done when that last changed, and after how many seconds it was seen.
    private int seen;

    private double seenAfter;
  }

  private Part part(ProviderId provider) {
    return parts.computeIfAbsent(provider, _ -> new Part());
  }

  /// One more token of a provider is to come.
  synchronized void expect(ProviderId provider) {
    part(provider).expected++;
  }

  /// One token is done with.
  synchronized void done(ProviderId provider) {
    Part part = part(provider);
    part.done = Math.min(part.done + 1, part.expected);
  }

  /// The provider takes no more calls for now.
  synchronized void parked(ProviderId provider, Instant until) {
    part(provider).parkedUntil = until;
  }

  @Override
  public synchronized List<String> bars(int columns, double seconds) {
    List<Map.Entry<ProviderId, Part>> shown = underWay();
    int more = Math.max(0, shown.size() - MOST);
    shown = shown.subList(0, shown.size() - more);
    int widest = shown.stream().mapToInt(one -> one.getKey().value().length()).max().orElse(0);
    var bars = new ArrayList<String>();
    for (var one : shown) {
      String name = one.getKey().value();
      bars.add(
          ProgressText.bar(one.getValue().done, one.getValue().expected)
              + name
              + " ".repeat(widest - name.length() + 2)
              + words(one.getValue(), seconds));
    }
    if (more > 0 || bars.isEmpty() || shown.size() < parts.size()) {
      bars.add(total(seconds));
    }
    return bars;
  }

  @Override
  public synchronized List<String> lines(double seconds) {
    List<Map.Entry<ProviderId, Part>> underWay = underWay();
    var lines = new ArrayList<String>();
    lines.add(total(seconds));
    for (var one : underWay) {
      if (underWay.size() <= FEW || parked(one.getValue())) {
        lines.add("  " + one.getKey().value() + ": " + words(one.getValue(), seconds));
      }
    }
    return lines;
  }

  /// The providers that are not done with.
  private List<Map.Entry<ProviderId, Part>> underWay() {
    return parts.entrySet().stream()
        .filter(one -> one.getValue().done < one.getValue().expected)
        .toList();
  }

  private String total(double seconds) {
    var all = new Part();
    double left = 0;
    for (Part part : parts.values()) {
      all.done += part.done;
      all.expected += part.expected;
      left = Math.max(left, left(part, seconds)); // they work side by side
    }
    return all.done
        + " of "
        + all.expected
        + (all.expected == 1 ? " token " : " tokens ")
        + done
        + (left >= 1 ? ", about " + ProgressText.duration((long) Math.ceil(left)) + " left" : "");
  }

  /// As long as the rest takes at the pace up to the last one that was done. The time that has gone
  /// by since counts down: a proof takes its half minute.
  private static double left(Part part, double seconds) {
    if (part.done != part.seen) {
      part.seen = part.done;
      part.seenAfter = seconds;
    }
    return part.done == 0
        ? 0
        : part.seenAfter / part.done * (part.expected - part.done) - (seconds - part.seenAfter);
  }

  private boolean parked(Part part) {
    return part.parkedUntil != null && part.parkedUntil.isAfter(clock.instant());
  }

  private String words(Part part, double seconds) {
    String text = part.done + " of " + part.expected + " " + done;
    Instant until = part.parkedUntil;
    if (until != null && until.isAfter(clock.instant())) {
      return text + ", parked until " + CLOCK.format(until.atZone(clock.getZone()));
    }
    double left = left(part, seconds);
    return left >= 1
        ? text + ", about " + ProgressText.duration((long) Math.ceil(left)) + " left"
        : text;
  }
}
