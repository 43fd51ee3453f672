package dev.stanch.detectors.source.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.Leaves;
import dev.stanch.detectors.source.SettingsChunk;
import dev.stanch.detectors.source.SourceSink;
import dev.stanch.detectors.source.Tree;
import dev.stanch.detectors.source.TreeReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Takes the texts out of objects: every scalar under the path that leads to it, the values of
/// Secrets decoded, releases of Helm unpacked, the object that `kubectl apply` keeps in an
/// annotation. When all objects are known, those that refer to Secrets and ConfigMaps are read as
/// what they are given: the container that starts with a token is a place of it too.
final class ObjectTexts {
  /// What the container of a place begins with.
  static final String CONTAINER = "k8s:";

  /// Bytes of an object, and of what is packed in it.
  static final int LARGEST = 16 << 20;

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  /// Objects in objects.
  private static final int DEEPEST = 4;

  /// Bytes kept of values that others may refer to.
  private static final int MOST_KEPT = 32 << 20;

  private static final int LARGEST_KEPT = 1 << 16;
  private static final int MOST_REFERENCES = 200_000;

  private final SourceSink sink;
  private final Map<ObjectName, Map<String, byte[]>> kept = new HashMap<>();
  private final Map<Writer, List<References.Reference>> references = new LinkedHashMap<>();
  private int keptBytes;
  private int referred;

  ObjectTexts(SourceSink sink) {
    this.sink = requireNonNull(sink, "sink");
  }

  /// Hands over what an object holds.
  ///
  /// @param container what it is read from again
  /// @param prefix what leads to it there
  /// @param file the one that it stands in; empty where it stands in none
  void object(String container, String prefix, String file, ObjectName name, Tree.Mapping object)
      throws InterruptedException {
    var writer = new Writer(container, prefix, file);
    try {
      object(writer, "", name, object, 0);
      if (!References.controlled(object)) { // what controls it refers to the same
        References.of(name.namespace(), object).forEach(one -> note(writer, one));
      }
    } catch (IOException e) {
      writer.skip("", String.valueOf(e.getMessage()));
    }
    writer.hand();
  }

  /// Hands over, for every reference, what it stands for. No object is taken after it.
  void references() throws InterruptedException {
    for (var at : references.entrySet()) {
      Writer writer = at.getKey();
      for (References.Reference one : at.getValue()) {
        for (var value : kept.getOrDefault(one.other(), Map.of()).entrySet()) {
          String key = value.getKey();
          var details = new TreeMap<String, String>();
          details.put("from", one.other().kind() + "/" + one.other().name() + " " + key);
          if (one.key() == null) {
            String name = one.name() + key;
            writer.value(Leaves.element(one.path(), name), name, value.getValue(), details);
          } else if (one.key().equals(key)) {
            writer.value(one.path(), one.name(), value.getValue(), details);
          }
        }
      }
      writer.hand();
    }
    kept.values().forEach(values -> values.values().forEach(one -> Arrays.fill(one, (byte) 0)));
    kept.clear();
    references.clear();
  }

  private void object(Writer writer, String path, ObjectName name, Tree.Mapping object, int depth)
      throws IOException, InterruptedException {
    var rest = new LinkedHashMap<>(object.fields());
    switch (name.kind()) {
      case "Secret" -> {
        rest.remove("data");
        values(writer, path, name, object, "data", ObjectTexts::decoded, depth);
        rest.remove("stringData");
        values(writer, path, name, object, "stringData", ObjectTexts::plain, depth);
      }
      case "ConfigMap" -> {
        rest.remove("data");
        rest.remove("binaryData");
        values(writer, path, name, object, "data", ObjectTexts::plain, depth);
        values(writer, path, name, object, "binaryData", ObjectTexts::decoded, depth);
      }
      default -> {}
    }
    var metadata = new LinkedHashMap<>(object.mapping("metadata").fields());
    metadata.remove("managedFields"); // names of fields, no values
    if (depth < DEEPEST
        && object.mapping("metadata").mapping("annotations").fields().get(LAST_APPLIED)
            instanceof Tree.Scalar applied
        && applied(writer, path, name, applied, depth)) {
      var annotations =
          new LinkedHashMap<>(object.mapping("metadata").mapping("annotations").fields());
      annotations.remove(LAST_APPLIED);
      metadata.put("annotations", new Tree.Mapping(annotations, "", applied.line()));
    }
    if (!metadata.isEmpty()) {
      rest.put("metadata", new Tree.Mapping(metadata, "", object.line()));
    }
    leaves(writer, path, new Tree.Mapping(rest, "", object.line()));
  }

  private static void leaves(Writer writer, String path, Tree tree)
      throws IOException, InterruptedException {
    Leaves.of(
        path,
        tree,
        (at, name, value, from) ->
            writer.value(at, name, value.getBytes(UTF_8), writer.details(from)));
  }

  /// The values of a Secret or ConfigMap.
  private void values(
      Writer writer,
      String path,
      ObjectName name,
      Tree.Mapping object,
      String field,
      Function<String, byte[]> reading,
      int depth)
      throws IOException, InterruptedException {
    for (var entry : object.mapping(field).fields().entrySet()) {
      if (!(entry.getValue() instanceof Tree.Scalar scalar) || scalar.text() == null) {
        continue;
      }
      String key = entry.getKey();
      String at = Leaves.field(Leaves.field(path, field), key);
      byte[] value = reading.apply(scalar.text());
      byte[] release = key.equals("release") ? unpacked(value) : null;
      if (release != null) {
        release(writer, at, release, depth);
        continue;
      }
      writer.value(at, key, value, writer.details(scalar));
      if (depth == 0) {
        keep(name, key, value);
      }
    }
  }

  private static byte[] plain(String text) {
    return text.getBytes(UTF_8);
  }

  /// Whoever writes a manifest by hand may have forgotten to encode.
  private static byte[] decoded(String text) {
    try {
      return Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      return plain(text);
    }
  }

  private void keep(ObjectName name, String key, byte[] value) {
    if (value.length <= LARGEST_KEPT && keptBytes + value.length <= MOST_KEPT) {
      keptBytes += value.length;
      kept.computeIfAbsent(name, _ -> new LinkedHashMap<>()).put(key, value.clone());
    }
  }

  /// Hands over the object that `kubectl apply` was given.
  ///
  /// @return whether it is one
  private boolean applied(Writer writer, String path, ObjectName name, Tree.Scalar text, int depth)
      throws InterruptedException {
    String at =
        Leaves.element(Leaves.field(Leaves.field(path, "metadata"), "annotations"), LAST_APPLIED);
    try {
      List<Tree> documents =
          TreeReader.documents(
              new ByteArrayInputStream(plain(text.text() == null ? "" : text.text())), LARGEST);
      if (documents.size() != 1 || !(documents.getFirst() instanceof Tree.Mapping object)) {
        return false;
      }
      object(writer, at, ObjectName.of(object, name.kind()), object, depth + 1);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// The packed release in a value of Helm's, or null where it is none. A Secret's value is decoded
  /// once already.
  private static byte @Nullable [] unpacked(byte[] value) {
    try {
      byte[] packed = Base64.getMimeDecoder().decode(value);
      boolean gzip = packed.length > 2 && packed[0] == 0x1f && packed[1] == (byte) 0x8b;
      return gzip ? packed : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /// Hands over a release of Helm: <https://helm.sh/docs/topics/advanced/#storage-backends>.
  private void release(Writer writer, String path, byte[] packed, int depth)
      throws InterruptedException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      for (Tree document : TreeReader.documents(in, LARGEST)) {
        if (document instanceof Tree.Mapping release) {
          release(writer, path, release, depth);
        }
      }
    } catch (IOException e) {
      writer.skip(path, "a release of Helm that cannot be unpacked: " + e.getMessage());
    }
  }

  private void release(Writer writer, String path, Tree.Mapping release, int depth)
      throws IOException, InterruptedException {
    var rest = new LinkedHashMap<>(release.fields());
    rest.remove("manifest");
    rest.remove("hooks");
    manifest(writer, Leaves.field(path, "manifest"), release, depth);
    for (Tree one : release.items("hooks")) {
      if (one instanceof Tree.Mapping hook) {
        String at = Leaves.element(Leaves.field(path, "hooks"), hook.text("name").orElse(""));
        manifest(writer, Leaves.field(at, "manifest"), hook, depth);
      }
    }
    Tree.Mapping chart = release.mapping("chart");
    var restOfChart = new LinkedHashMap<>(chart.fields());
    for (String files : List.of("templates", "files")) {
      restOfChart.remove(files);
      for (Tree one : chart.items(files)) {
        if (one instanceof Tree.Mapping file) {
          String at = Leaves.field(Leaves.field(path, "chart"), files);
          writer.text(
              Leaves.element(at, file.text("name").orElse("")),
              decoded(file.text("data").orElse("")));
        }
      }
    }
    rest.put("chart", new Tree.Mapping(restOfChart, "", chart.line()));
    leaves(writer, path, new Tree.Mapping(rest, "", release.line()));
  }

  private void manifest(Writer writer, String path, Tree.Mapping holder, int depth)
      throws InterruptedException {
    byte[] text = plain(holder.text("manifest").orElse(""));
    var objects = new ArrayList<Tree.Mapping>();
    try {
      TreeReader.each(
          new ByteArrayInputStream(text),
          LARGEST,
          "items",
          (tree, _) -> {
            if (tree instanceof Tree.Mapping object) {
              objects.add(object);
            }
          });
      for (Tree.Mapping object : objects) {
        ObjectName name = ObjectName.of(object, "");
        object(writer, Leaves.element(path, name.path()), name, object, depth + 1);
      }
    } catch (IOException _) { // a template that gives no YAML is a text all the same
      writer.text(path, text);
    }
  }

  private void note(Writer writer, References.Reference reference) {
    if (referred++ < MOST_REFERENCES) {
      references.computeIfAbsent(writer, _ -> new ArrayList<>()).add(reference);
    }
  }

  /// Collects the values of one object: those of one line together, so that a key finds the secret
  /// beside it, each other one as a text of its own.
  private final class Writer {
    private final String container;
    private final String prefix;
    private final String file;
    private SettingsChunk.Builder lines;

    Writer(String container, String prefix, String file) {
      this.container = container;
      this.prefix = prefix;
      this.file = file;
      this.lines = builder();
    }

    private SettingsChunk.Builder builder() {
      return new SettingsChunk.Builder(Provenance.Setting.Kind.K8S, container, new TreeMap<>());
    }

    SortedMap<String, String> details(Tree.Scalar from) {
      var details = new TreeMap<String, String>();
      if (!file.isEmpty()) {
        details.put("file", file + ":" + from.line());
      }
      return details;
    }

    void value(String path, String name, byte[] value, SortedMap<String, String> details)
        throws InterruptedException {
      if (isLine(value)) {
        lines.add(prefix + path, name, value, details);
      } else {
        sink.chunk(builder().add(prefix + path, "", value, details).build());
      }
    }

    void text(String path, byte[] text) throws InterruptedException {
      sink.chunk(builder().add(prefix + path, "", text).build());
    }

    void hand() throws InterruptedException {
      if (!lines.isEmpty()) {
        sink.chunk(lines.build());
        lines = builder();
      }
    }

    void skip(String path, String reason) {
      sink.skip(new Skip(Skip.Kind.SKIPPED, container, prefix + path, reason));
    }

    /// Whether a value is a line of text, and no document.
    private static boolean isLine(byte[] value) {
      for (int i = 0; i < value.length; i++) {
        boolean control = value[i] >= 0 && value[i] < ' ' && value[i] != '\t';
        if (control && (value[i] != '\n' || i + 1 < value.length)) {
          return false;
        }
      }
      return value.length == 0 || value[0] != '{' && value[0] != '[' && value[0] != '<';
    }
  }
}
