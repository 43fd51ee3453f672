package dev.stanch.detectors.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Location;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Secret;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.model.Suppression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Takes tokens out of the names of files, variables and whatever else says where something stands:
/// whoever prints a place prints no token. Only the token's own text goes, and what it is shown as
/// comes in its place.
final class NameRedaction {
  private final TextScanner scanner;

  /// A redaction of what `detector` knows as tokens, and of what a scan has found.
  NameRedaction(Detector detector) {
    this(new TextScanner(detector));
  }

  /// The same by the scanner of a scan that is over, which has what a hook would make once more.
  NameRedaction(TextScanner scanner) {
    this.scanner = requireNonNull(scanner, "scanner");
  }

  // Without lambdas and streams, which are put together anew in every process: a hook comes by
  // here.
  private interface Names {
    String of(String name);
  }

  private static final class Gathered implements Names {
    private final Set<String> known = new HashSet<>();
    private final StringBuilder all = new StringBuilder();

    @Override
    public String of(String name) {
      if (known.add(name)) {
        all.append(name).append('\n');
      }
      return name;
    }
  }

  private static final class Redacted implements Names {
    private final List<Secret> secrets = new ArrayList<>();
    private final List<String> forms = new ArrayList<>();

    void hide(Secret secret, String form) {
      secrets.add(secret);
      forms.add(form);
    }

    @Override
    public String of(String name) {
      String left = name;
      for (int i = 0; i < secrets.size(); i++) {
        left = secrets.get(i).replacedIn(left, forms.get(i));
      }
      return left;
    }
  }

  /// The same result without a token in any name. The tokens in hand are the same too: closing one
  /// of both closes both.
  ScanResult of(ScanResult result) {
    if (result.findings().isEmpty()
        && result.known().isEmpty()
        && result.entries().isEmpty()
        && result.skips().isEmpty()) {
      return result;
    }
    var gathered = new Gathered();
    mapped(result, gathered);
    byte[] names = gathered.all.toString().getBytes(UTF_8);
    var redacted = new Redacted();
    var secrets = new ArrayList<Secret>();
    var shown = new ArrayList<String>();
    for (HeldFinding held : result.findings()) {
      if (!isPath(held)) {
        secrets.add(held.secret());
        shown.add(held.finding().redacted());
      }
    }
    BitSet standing = Secret.standingIn(names, secrets);
    for (int i = standing.nextSetBit(0); i >= 0; i = standing.nextSetBit(i + 1)) {
      redacted.hide(secrets.get(i), shown.get(i));
    }
    var found = new ArrayList<Secret>();
    var known = new HashSet<TokenBytes>();
    for (Hit hit : hits(names)) {
      Candidate candidate = hit.candidate();
      if (candidate.evidence().provesProvider() && known.add(candidate.token())) {
        Secret secret = candidate.token().toSecret();
        found.add(secret);
        redacted.hide(secret, candidate.token().redacted(candidate.publicPrefix()));
      }
    }
    try {
      return redacted.secrets.isEmpty() ? result : mapped(result, redacted);
    } finally {
      found.forEach(Secret::close);
    }
  }

  /// Whether nothing but a path was found, which a rule on paths takes for a whole file: no text
  /// has a token of no length.
  private static boolean isPath(HeldFinding held) {
    for (Place place : held.finding().places()) {
      Location at = place.location(); // a record's equals is put together anew in every process
      if (at.line() != 1
          || at.column() != 1
          || at.endLine() != 1
          || at.endColumn() != 1
          || at.offset() != 0) {
        return false;
      }
    }
    return true;
  }

  private List<Hit> hits(byte[] names) {
    try {
      return scanner.scan(new ByteArrayInputStream(names));
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can be read", e);
    }
  }

  private static ScanResult mapped(ScanResult result, Names names) {
    var findings = new ArrayList<HeldFinding>();
    for (HeldFinding held : result.findings()) {
      findings.add(new HeldFinding(mapped(held.finding(), names), held.secret()));
    }
    var known = new ArrayList<Finding>();
    for (Finding finding : result.known()) {
      known.add(mapped(finding, names));
    }
    var entries = new ArrayList<InventoryEntry>();
    for (InventoryEntry entry : result.entries()) {
      entries.add(
          new InventoryEntry(
              entry.kind(),
              names.of(entry.container()),
              names.of(entry.name()),
              entry.setAt(),
              entry.exposed()));
    }
    var skips = new ArrayList<Skip>();
    for (Skip skip : result.skips()) {
      skips.add(
          new Skip(
              skip.kind(),
              names.of(skip.container()),
              names.of(skip.path()),
              names.of(skip.reason())));
    }
    return new ScanResult(findings, known, entries, skips, result.state(), result.counts());
  }

  private static Finding mapped(Finding finding, Names names) {
    var places = new ArrayList<Place>();
    for (Place place : finding.places()) {
      places.add(mapped(place, names));
    }
    return new Finding(
        finding.rule(),
        finding.ruleName(),
        finding.provider(),
        finding.evidence(),
        finding.token(),
        finding.redacted(),
        finding.confidence(),
        mapped(finding.why(), names),
        finding.severity(),
        finding.impact(),
        finding.parts(), // ids and hosts: they are asked with, and are no secrets
        places,
        finding.status());
  }

  private static List<String> mapped(List<String> texts, Names names) {
    var mapped = new ArrayList<String>();
    for (String text : texts) {
      mapped.add(names.of(text));
    }
    return mapped;
  }

  private static Place mapped(Place place, Names names) {
    Suppression suppression = place.suppression();
    return new Place(
        mapped(place.provenance(), names),
        place.location(),
        mapped(place.via(), names),
        suppression == null
            ? null
            : new Suppression(
                suppression.kind(),
                names.of(suppression.source()),
                names.of(suppression.reason()),
                suppression.said()));
  }

  private static Provenance mapped(Provenance provenance, Names names) {
    return provenance instanceof Provenance.Git git
        ? mapped(git, names) // a hook's way: the switch is made anew in every process
        : other(provenance, names);
  }

  private static Provenance.Git mapped(Provenance.Git git, Names names) {
    return new Provenance.Git(
        names.of(git.container()),
        names.of(git.path()),
        git.blob(),
        git.commit(),
        orNull(git.author(), names),
        git.date(),
        git.inTips());
  }

  private static Provenance other(Provenance provenance, Names names) {
    String container = names.of(provenance.container());
    String path = names.of(provenance.path());
    return switch (provenance) {
      case Provenance.Git git -> mapped(git, names);
      case Provenance.GitMessage message ->
          new Provenance.GitMessage(
              container,
              message.object(),
              orNull(message.author(), names),
              message.date(),
              message.inTips());
      case Provenance.GitConfig _ -> new Provenance.GitConfig(container, path);
      case Provenance.File _ -> new Provenance.File(container, path);
      case Provenance.Stream _ -> new Provenance.Stream(container);
      case Provenance.Layer layer ->
          new Provenance.Layer(
              container, path, layer.layer(), names.of(layer.step()), layer.inImage());
      case Provenance.Setting setting -> {
        var details = new TreeMap<String, String>();
        for (var detail : setting.details().entrySet()) {
          details.put(names.of(detail.getKey()), names.of(detail.getValue()));
        }
        yield new Provenance.Setting(setting.of(), container, path, details);
      }
      case Provenance.Elsewhere elsewhere ->
          new Provenance.Elsewhere(elsewhere.kind(), container, path);
    };
  }

  private static @Nullable String orNull(@Nullable String text, Names names) {
    return text == null ? null : names.of(text);
  }
}
