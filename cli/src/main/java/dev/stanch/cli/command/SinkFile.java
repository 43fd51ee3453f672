package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.rule.YamlTree;
import dev.stanch.detectors.rule.YamlTree.Items;
import dev.stanch.detectors.rule.YamlTree.Mapping;
import dev.stanch.detectors.rule.YamlTree.Scalar;
import dev.stanch.revokers.spi.SinkAddress;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A mapping file: which finding's replacement goes where.
///
/// @param entries in the order of the file
record SinkFile(List<Entry> entries) {
  /// None: only what was found is written.
  static final SinkFile NONE = new SinkFile(List.of());

  private static final Set<String> ENTRY = Set.of("token", "rule", "provider", "path", "to");

  SinkFile {
    entries = List.copyOf(entries);
  }

  /// Findings, and the sinks of their replacements.
  ///
  /// @param token id of a finding, or its beginning; null for any
  /// @param rule id of a rule; null for any
  /// @param provider id of a provider; null for any
  /// @param path what one of its paths must match; null for any
  record Entry(
      @Nullable String token,
      @Nullable String rule,
      @Nullable String provider,
      @Nullable PathMatcher path,
      List<SinkAddress> to) {
    Entry {
      to = List.copyOf(to);
    }

    boolean takes(Finding finding) {
      return (token == null || finding.token().value().startsWith(token))
          && (rule == null || finding.rule().value().equals(rule))
          && (provider == null || finding.provider().value().equals(provider))
          && (path == null
              || finding.places().stream()
                  .anyMatch(place -> matches(path, place.provenance().path())));
    }

    private static boolean matches(PathMatcher path, String of) {
      return !of.isEmpty() && path.matches(Path.of(of));
    }
  }

  /// The sinks of a finding, each once.
  List<SinkAddress> of(Finding finding) {
    var sinks = new LinkedHashSet<SinkAddress>();
    for (Entry entry : entries) {
      if (entry.takes(finding)) {
        sinks.addAll(entry.to());
      }
    }
    return List.copyOf(sinks);
  }

  /// Reads one; all its mistakes are named at once.
  static SinkFile read(NamedFile file) throws UserFault {
    var problems = new ArrayList<String>();
    var entries = new ArrayList<Entry>();
    for (Map.Entry<String, YamlTree> field : file.fields(problems).entrySet()) {
      if (field.getKey().equals("sinks") && field.getValue() instanceof Items items) {
        items.items().forEach(item -> entry(item, entries, problems));
      } else {
        problems.add("line " + field.getValue().line() + ": only a list 'sinks' may stand here");
      }
    }
    file.refuse(
        problems,
        "each entry of 'sinks' says token, rule, provider or path, and 'to': a list of sinks;"
            + " docs/GUIDE.md shows one");
    return new SinkFile(entries);
  }

  private static void entry(YamlTree tree, List<Entry> entries, List<String> problems) {
    if (!(tree instanceof Mapping mapping)) {
      problems.add("line " + tree.line() + ": an entry is a mapping");
      return;
    }
    mapping
        .fields()
        .forEach(
            (name, value) -> {
              if (!ENTRY.contains(name)) {
                problems.add("line " + value.line() + ": '" + name + "' is unknown");
              }
            });
    String path = text(mapping, "path", problems);
    var entry =
        new Entry(
            text(mapping, "token", problems),
            text(mapping, "rule", problems),
            text(mapping, "provider", problems),
            path == null ? null : matcher(path, mapping.line(), problems),
            sinks(mapping.fields().get("to"), mapping.line(), problems));
    if (entry.token() == null && entry.rule() == null && entry.provider() == null && path == null) {
      problems.add("line " + tree.line() + ": which finding: token, rule, provider or path");
    }
    entries.add(entry);
  }

  private static @Nullable PathMatcher matcher(String path, int line, List<String> problems) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + path);
    } catch (IllegalArgumentException _) {
      problems.add("line " + line + ": 'path' is a pattern such as deploy/*.env");
      return null;
    }
  }

  private static @Nullable String text(Mapping mapping, String field, List<String> problems) {
    return switch (mapping.fields().get(field)) {
      case null -> null;
      case Scalar scalar -> scalar.text();
      case Items items -> {
        problems.add("line " + items.line() + ": '" + field + "' is a text");
        yield null;
      }
      case Mapping other -> {
        problems.add("line " + other.line() + ": '" + field + "' is a text");
        yield null;
      }
    };
  }

  private static List<SinkAddress> sinks(@Nullable YamlTree to, int line, List<String> problems) {
    var sinks = new ArrayList<SinkAddress>();
    switch (to) {
      case null -> {}
      case Items items -> items.items().forEach(item -> sink(item, sinks, problems));
      case Scalar scalar -> sink(scalar, sinks, problems);
      case Mapping mapping -> sink(mapping, sinks, problems);
    }
    if (sinks.isEmpty()) {
      problems.add("line " + line + ": 'to' names no sink");
    }
    return sinks;
  }

  private static void sink(YamlTree tree, List<SinkAddress> sinks, List<String> problems) {
    String where = "";
    String part = "";
    if (tree instanceof Scalar scalar) {
      where = scalar.text();
    } else if (tree instanceof Mapping mapping
        && mapping.fields().get("sink") instanceof Scalar sink
        && Set.of("sink", "part").containsAll(mapping.fields().keySet())) {
      where = sink.text();
      String named = text(mapping, "part", problems);
      part = named == null ? "" : named;
    }
    try {
      sinks.add(SinkAddress.parse(where, part));
    } catch (IllegalArgumentException e) {
      problems.add("line " + tree.line() + ": " + e.getMessage());
    }
  }
}
