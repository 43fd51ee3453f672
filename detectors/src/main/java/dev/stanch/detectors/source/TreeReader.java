package dev.stanch.detectors.source;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/// Reads documents of YAML or JSON with bounded memory: one after the other and, where a document
/// is a list of things, thing by thing. Anchors, aliases and merge keys are resolved.
///
/// Whoever wrote the documents is not to be believed: what nests, repeats or goes on beyond reason
/// ends in an exception. No message of one quotes the text, which may be a token.
public final class TreeReader {
  private static final int DEEPEST = 200;
  private static final int MOST_ANCHORS = 10_000;

  /// Fields that merge keys copy, in all of a document.
  private static final int MOST_MERGED = 1_000_000;

  private final JsonParser parser;
  private final Bounded in;
  private final String streamed;
  private final Map<String, Tree> anchors = new HashMap<>();
  private int merged;

  private TreeReader(JsonParser parser, Bounded in, String streamed) {
    this.parser = parser;
    this.in = in;
    this.streamed = streamed;
  }

  /// Takes trees.
  public interface Taker {
    /// A document, or an element of a document that is a list of things.
    ///
    /// @param within what the document told of itself before the element; empty for a document
    void tree(Tree tree, Map<String, Tree> within) throws IOException, InterruptedException;
  }

  /// All documents of a text, each in one piece.
  ///
  /// @param largest bytes of the text
  /// @throws IOException when it cannot be read, is neither YAML nor JSON, or goes beyond reason
  public static List<Tree> documents(InputStream text, int largest) throws IOException {
    var trees = new ArrayList<Tree>();
    try {
      read(text, largest, "", (tree, _) -> trees.add(tree));
    } catch (InterruptedException e) {
      throw new IllegalStateException("a list was interrupted", e);
    }
    return trees;
  }

  /// Hands over all documents of a text. Of a document whose field `list` is a list, the elements
  /// are handed over one by one, and then the rest of it.
  ///
  /// @param largest bytes of a document or element
  /// @throws IOException when it cannot be read, is neither YAML nor JSON, or goes beyond reason
  public static void each(InputStream text, int largest, String list, Taker taker)
      throws IOException, InterruptedException {
    read(text, largest, requireNonNull(list, "list"), taker);
  }

  private static void read(InputStream text, int largest, String list, Taker taker)
      throws IOException, InterruptedException {
    var bounded = new Bounded(new BufferedInputStream(text), largest);
    JsonFactory factory = bounded.isJson() ? new JsonFactory() : yaml();
    try (JsonParser parser = factory.createParser((InputStream) bounded)) {
      new TreeReader(parser, bounded, list).documents(taker);
    } catch (JsonProcessingException e) {
      // Its own words quote what it stumbled over.
      var location = e.getLocation();
      throw new IOException(
          "neither YAML nor JSON"
              + (location == null ? "" : ": line " + Math.max(1, location.getLineNr())));
    }
  }

  /// A dump is one long document: what is bounded are the things in it.
  private static YAMLFactory yaml() {
    var options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    return YAMLFactory.builder()
        .loaderOptions(options)
        .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL) // a key without a value
        .build();
  }

  private void documents(Taker taker) throws IOException, InterruptedException {
    while (parser.nextToken() != null) {
      anchors.clear();
      merged = 0;
      Tree document =
          parser.currentToken() == JsonToken.START_OBJECT
              ? mapping(0, streamed.isEmpty() ? null : taker)
              : value(0);
      taker.tree(document, Map.of());
      in.forget();
    }
  }

  private Tree value(int depth) throws IOException, InterruptedException {
    int line = line();
    if (depth > DEEPEST) {
      throw new IOException("nested too deeply: line " + line);
    }
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      Tree meant = anchors.get(parser.getText());
      if (meant == null) {
        throw new IOException("an alias of nothing, or of what it stands in: line " + line);
      }
      return meant;
    }
    String anchor = anchor();
    String tag = tag();
    Tree tree =
        switch (parser.currentToken()) {
          case START_OBJECT -> mapping(depth, null);
          case START_ARRAY -> items(depth, tag, line);
          case VALUE_NULL -> new Tree.Scalar(null, tag, line);
          default -> new Tree.Scalar(parser.getText(), tag, line);
        };
    if (anchor != null) {
      if (anchors.size() == MOST_ANCHORS) {
        throw new IOException("too many anchors: line " + line);
      }
      anchors.put(anchor, tree);
    }
    return tree;
  }

  private Tree items(int depth, String tag, int line) throws IOException, InterruptedException {
    var items = new ArrayList<Tree>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(depth + 1));
    }
    return new Tree.Items(items, tag, line);
  }

  /// @param taker who takes the elements of a list, or null where they stay in the mapping
  private Tree mapping(int depth, @Nullable Taker taker) throws IOException, InterruptedException {
    int line = line();
    String tag = tag();
    var fields = new LinkedHashMap<String, Tree>();
    var bases = new ArrayList<Tree>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (taker != null && token == JsonToken.START_ARRAY && name.equals(streamed)) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          taker.tree(value(depth + 2), fields);
          in.forget();
        }
      } else if (name.equals("<<")) {
        bases.add(value(depth + 1));
      } else {
        fields.put(name, value(depth + 1));
      }
    }
    for (Tree base : bases) {
      merge(base, fields);
    }
    return new Tree.Mapping(fields, tag, line);
  }

  /// What a merge key brings: what is there stays.
  private void merge(Tree base, Map<String, Tree> into) throws IOException {
    switch (base) {
      case Tree.Mapping(var fields, var _, int line) -> {
        merged += fields.size();
        if (merged > MOST_MERGED) {
          throw new IOException("too much is merged: line " + line);
        }
        fields.forEach(into::putIfAbsent);
      }
      case Tree.Items(var several, var _, int line) -> {
        for (Tree one : several) {
          if (!(one instanceof Tree.Mapping)) {
            throw new IOException("no mapping to merge: line " + line);
          }
          merge(one, into);
        }
      }
      case Tree.Scalar _ -> {}
    }
  }

  private int line() {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }

  private @Nullable String anchor() throws IOException {
    return parser.canReadObjectId() && parser.getObjectId() instanceof String name ? name : null;
  }

  private String tag() throws IOException {
    return Optional.ofNullable(parser.canReadTypeId() ? parser.getTypeId() : null)
        .filter(tag -> tag instanceof String text && !text.contains(":"))
        .map(String.class::cast)
        .orElse("");
  }

  /// A stream that gives so many bytes until it is told that what they held is dealt with.
  private static final class Bounded extends FilterInputStream {
    private static final int LOOKED_AT = 1 << 12;

    private final int largest;
    private int given;

    Bounded(BufferedInputStream in, int largest) {
      super(in);
      this.largest = largest;
    }

    /// Whether the text begins as JSON does. A mapping of YAML in braces mostly has bare keys.
    boolean isJson() throws IOException {
      in.mark(LOOKED_AT);
      int[] begin = {' ', ' '};
      int found = 0;
      for (int i = 0; i < LOOKED_AT && found < begin.length; i++) {
        int one = in.read();
        if (one < 0) {
          break;
        }
        if (one > ' ' && one != 0xef && one != 0xbb && one != 0xbf) {
          begin[found++] = one;
        }
      }
      in.reset();
      return begin[0] == '{' && (begin[1] == '"' || begin[1] == '}');
    }

    void forget() {
      given = 0;
    }

    @Override
    public int read() throws IOException {
      int one = in.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      int read = in.read(into, at, Math.min(length, 1 << 13));
      count(Math.max(0, read));
      return read;
    }

    private void count(int more) throws IOException {
      given += more;
      if (given > largest) {
        throw new IOException("larger than " + (largest >> 20) + " MiB");
      }
    }
  }
}
