package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.model.TokenId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a scan gives: findings with their tokens in hand, secrets whose values nobody shows, what
/// was not read, and how much was.
///
/// @param known findings of an earlier scan of what has not changed since; their tokens are not in
///   hand
public record ScanResult(
    List<HeldFinding> findings,
    List<Finding> known,
    List<InventoryEntry> entries,
    List<Skip> skips,
    State state,
    Counts counts)
    implements AutoCloseable {
  /// Whether everything was read.
  public enum State {
    /// Everything.
    COMPLETE,
    /// Something was skipped.
    INCOMPLETE,
    /// The caller stopped it.
    INTERRUPTED
  }

  /// How much was read.
  public record Counts(long bytes, long texts, long commits, double seconds) {}

  public ScanResult {
    findings = List.copyOf(findings);
    known = List.copyOf(known);
    entries = List.copyOf(entries);
    skips = List.copyOf(skips);
  }

  /// The result of a scan of texts alone.
  public ScanResult(List<HeldFinding> findings, List<Skip> skips, State state, Counts counts) {
    this(findings, List.of(), List.of(), skips, state, counts);
  }

  /// The results of scans under one progress, as one: a token that several of them met is one
  /// finding with the places of all. The parts are not to be closed apart from it.
  public static ScanResult joined(Collection<ScanResult> parts, ScanProgress progress) {
    long commits = 0;
    double seconds = 0;
    Map<TokenId, HeldFinding> tokens = new LinkedHashMap<>();
    Map<TokenId, Finding> known = new LinkedHashMap<>();
    var entries = new ArrayList<InventoryEntry>();
    var skips = new ArrayList<Skip>();
    State state = State.COMPLETE;
    for (ScanResult part : parts) {
      for (HeldFinding held : part.findings) {
        tokens.merge(held.finding().token(), held, ScanResult::merged);
      }
      for (Finding finding : part.known) {
        known.merge(finding.token(), finding, ScanResult::joined);
      }
      entries.addAll(part.entries);
      skips.addAll(part.skips);
      state = state.compareTo(part.state) >= 0 ? state : part.state;
      commits += part.counts.commits();
      seconds += part.counts.seconds();
    }
    tokens.replaceAll((token, held) -> both(held, known.remove(token)));
    return new ScanResult(
        List.copyOf(tokens.values()),
        List.copyOf(known.values()),
        entries,
        skips,
        state,
        new Counts(progress.bytes(), progress.texts(), commits, seconds));
  }

  private static HeldFinding merged(HeldFinding one, HeldFinding other) {
    HeldFinding both = joined(one, other);
    other.close();
    return both;
  }

  private static HeldFinding both(HeldFinding held, @Nullable Finding known) {
    return known == null ? held : new HeldFinding(joined(held.finding(), known), held.secret());
  }

  /// One token that two scans met.
  public static HeldFinding joined(HeldFinding one, HeldFinding other) {
    return new HeldFinding(joined(one.finding(), other.finding()), one.secret());
  }

  private static Finding joined(Finding one, Finding other) {
    var places = new TreeSet<>(one.places());
    places.addAll(other.places());
    Finding surer = one.confidence() >= other.confidence() ? one : other;
    return surer.at(List.copyOf(places));
  }

  /// The same, where so much more was read before.
  public ScanResult withRead(Counts before) {
    return new ScanResult(
        findings,
        known,
        entries,
        skips,
        state,
        new Counts(
            counts.bytes + before.bytes,
            counts.texts + before.texts,
            counts.commits + before.commits,
            counts.seconds));
  }

  /// Wipes the tokens.
  @Override
  public void close() {
    findings.forEach(HeldFinding::close);
  }
}
