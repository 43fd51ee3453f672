package dev.stanch.cli.migrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stanch.detectors.rule.YamlTree;
import dev.stanch.detectors.rule.YamlTree.Items;
import dev.stanch.detectors.rule.YamlTree.Mapping;
import dev.stanch.detectors.rule.YamlTree.Scalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything of another scanner that lies in a folder, moved into ours; what was accepted there is
/// the baseline's and comes apart.
public final class PeerSetup {
  /// The baseline of detect-secrets.
  public static final String SECRETS_BASELINE = ".secrets.baseline";

  private static final List<String> EXCLUSIONS =
      List.of(".trufflehog-exclude", "trufflehog-exclude.txt", ".trufflehogignore");

  private final Migration migration;
  private final Settings settings = new Settings();
  private final Set<String> exclusions = new LinkedHashSet<>();
  private final Set<String> detectors = new LinkedHashSet<>();

  /// One for the folder of `migration`.
  public PeerSetup(Migration migration) {
    this.migration = migration;
  }

  /// Adds to the migration all that is there.
  public void move() throws IOException {
    new GitleaksSetup(migration, settings).move();
    new HookEntries(
            migration,
            command -> {
              exclusions.addAll(command.excluded());
              detectors.addAll(command.settings());
            })
        .move();
    exclusions.addAll(EXCLUSIONS);
    for (String file : exclusions) {
      excluded(file);
    }
    for (String file : detectors) {
      detectors(file);
    }
    filters();
    settings.addTo(migration);
  }

  // ---- trufflehog

  private void excluded(String file) throws IOException {
    Optional<String> text = migration.text(file);
    List<String> patterns =
        text.stream()
            .flatMap(String::lines)
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList();
    if (!patterns.isEmpty()) {
      var lists = new LinkedHashMap<String, List<String>>();
      lists.put("path-regexes", patterns);
      settings.allow("left out of trufflehog by " + file, lists);
      migration.delete(file);
      migration.changed(file + ": " + patterns.size() + " patterns moved to " + Settings.FILE);
    }
  }

  private void detectors(String file) throws IOException {
    Optional<String> text = migration.text(file);
    if (text.isEmpty()
        || !(YamlTree.parse(text.get()) instanceof Mapping document)
        || !(document.fields().get("detectors") instanceof Items items)) {
      migration.left(file + ": no list of detectors was found");
      return;
    }
    for (YamlTree item : items.items()) {
      if (item instanceof Mapping detector) {
        detector(file, detector);
      }
    }
  }

  private void detector(String file, Mapping detector) {
    String name = text(detector, "name");
    String where = file + ":" + detector.line() + ": detector '" + name + "'";
    if (!(detector.fields().get("regex") instanceof Mapping regexes)
        || regexes.fields().size() != 1
        || !(regexes.fields().values().iterator().next() instanceof Scalar regex)) {
      migration.left(where + ": not with exactly one regex");
      return;
    }
    String id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    var fields = new LinkedHashMap<String, String>();
    fields.put("id", id);
    fields.put("name", Settings.quoted(name));
    fields.put("evidence", "structure");
    fields.put("pattern", Settings.quoted(regex.text()));
    List<String> keywords =
        texts(detector, "keywords").stream().filter(word -> word.length() >= 3).toList();
    if (!keywords.isEmpty()) {
      fields.put("keywords", Settings.list(keywords));
    }
    if (!text(detector, "entropy").isEmpty()) {
      fields.put("entropy", text(detector, "entropy"));
    }
    fields.put("severity", "high");
    fields.put("impact", Settings.quoted("What the detector's author had in mind."));
    settings.rule(fields);
    var allowed = new LinkedHashMap<String, List<String>>();
    allowed.put("stopwords", texts(detector, "exclude_words"));
    if (!texts(detector, "exclude_words").isEmpty()) {
      allowed.put("rules", List.of(id));
      settings.allow("excluded words of " + name, allowed);
    }
    for (String field : List.of("verify", "exclude_regexes_match", "exclude_regexes_capture")) {
      if (detector.fields().containsKey(field)) {
        migration.left(where + ": '" + field + "'");
      }
    }
    migration.changed(where + " moved to " + Settings.FILE);
  }

  // ---- detect-secrets

  private void filters() throws IOException {
    Optional<String> text = migration.text(SECRETS_BASELINE);
    if (text.isEmpty()) {
      return;
    }
    JsonNode document;
    try {
      document = JsonMapper.builder().build().readTree(text.get());
    } catch (JsonProcessingException _) {
      migration.left(SECRETS_BASELINE + ": not JSON");
      return;
    }
    for (JsonNode filter : document.path("filters_used")) {
      String path = filter.path("path").asText();
      var patterns = new ArrayList<String>();
      filter.path("pattern").forEach(pattern -> patterns.add(pattern.asText()));
      switch (path.substring(path.lastIndexOf('.') + 1)) {
        case "should_exclude_file" -> allow("path-regexes", patterns);
        case "should_exclude_secret" -> allow("regexes", patterns);
        case "should_exclude_line" ->
            migration.left(
                SECRETS_BASELINE
                    + ": lines were excluded by "
                    + patterns
                    + "; put stanch:allow on them");
        case "should_exclude_wordlist", "is_sequential_string_in_wordlist" ->
            migration.left(SECRETS_BASELINE + ": a word list");
        default -> {} // what every baseline has
      }
    }
    for (JsonNode plugin : document.path("plugins_used")) {
      if (plugin.has("path")) {
        migration.left(
            SECRETS_BASELINE + ": plugin " + plugin.path("name").asText() + ": write it as a rule");
      }
    }
  }

  private void allow(String field, List<String> patterns) {
    if (!patterns.isEmpty()) {
      settings.allow("excluded for detect-secrets", new LinkedHashMap<>(Map.of(field, patterns)));
      migration.changed(
          SECRETS_BASELINE + ": exclusions moved to '" + field + "' in " + Settings.FILE);
    }
  }

  private static String text(Mapping fields, String field) {
    return fields.fields().get(field) instanceof Scalar scalar ? scalar.text() : "";
  }

  private static List<String> texts(Mapping fields, String field) {
    return fields.fields().get(field) instanceof Items items
        ? items.items().stream()
            .filter(Scalar.class::isInstance)
            .map(item -> ((Scalar) item).text())
            .toList()
        : List.of();
  }
}
