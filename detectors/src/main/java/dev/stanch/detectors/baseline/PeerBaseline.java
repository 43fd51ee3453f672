package dev.stanch.detectors.baseline;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Secret;
import dev.stanch.detectors.model.Suppression;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A report of gitleaks (JSON) or a baseline of detect-secrets, read as a list of what was
/// accepted.
public final class PeerBaseline implements Suppressor.Judge {
  private final Map<String, List<Known>> byPath = new HashMap<>();
  private final String name;

  /// What such a file knows of one finding; the first of hash, token and line that it has decides.
  private record Known(String sha1, Optional<Secret> token, int line, String commit) {
    boolean is(HeldFinding held, Place place) {
      if (!sha1.isEmpty()) {
        return held.secret().hasSha1(sha1);
      }
      return token
          .map(secret -> secret.sameAs(held.secret()))
          .orElseGet(
              () ->
                  line == place.location().line()
                      && (commit.isEmpty()
                          || commit.equals(place.provenance().commitId().orElse(""))));
    }
  }

  private PeerBaseline(String name) {
    this.name = requireNonNull(name, "name");
  }

  /// Reads `text`, or gives nothing when it is neither kind of file.
  ///
  /// @param name how reports name the file
  public static Optional<PeerBaseline> parse(String text, String name) {
    String start = text.stripLeading();
    if (!start.startsWith("[") && !start.startsWith("{")) {
      return Optional.empty();
    }
    JsonNode document;
    try {
      document = JsonMapper.builder().build().readTree(text);
    } catch (JsonProcessingException _) {
      return Optional.empty(); // JSON Lines, or nothing we know
    }
    var baseline = new PeerBaseline(name);
    if (document.isArray()) {
      document.forEach(baseline::gitleaks);
      return Optional.of(baseline);
    }
    if (document.path("results").isObject()) {
      document
          .path("results")
          .properties()
          .forEach(file -> file.getValue().forEach(one -> baseline.hashed(file.getKey(), one)));
      return Optional.of(baseline);
    }
    return Optional.empty();
  }

  private void gitleaks(JsonNode one) {
    String secret = one.path("Secret").asText("");
    boolean shown = !secret.isEmpty() && !secret.contains("REDACTED") && !secret.endsWith("...");
    add(
        one.path("File").asText(""),
        new Known(
            "",
            shown
                ? Optional.of(new Secret(secret.getBytes(StandardCharsets.UTF_8)))
                : Optional.empty(),
            one.path("StartLine").asInt(),
            one.path("Commit").asText("")));
  }

  private void hashed(String path, JsonNode one) {
    // An audit that called it a real secret accepts nothing.
    String hash = one.path("hashed_secret").asText("");
    if (!one.path("is_secret").asBoolean(false) && !hash.isEmpty()) {
      add(path, new Known(hash, Optional.empty(), 0, ""));
    }
  }

  private void add(String path, Known known) {
    byPath.computeIfAbsent(PeerPath.of(path), _ -> new ArrayList<>()).add(known);
  }

  /// How many findings the file knows.
  public int size() {
    return byPath.values().stream().mapToInt(List::size).sum();
  }

  @Override
  public Optional<Suppression> judge(HeldFinding held, Place place, String path) {
    return byPath.getOrDefault(path, List.of()).stream().anyMatch(known -> known.is(held, place))
        ? Optional.of(new Suppression(Suppression.Kind.BASELINE, name, ""))
        : Optional.empty();
  }
}
