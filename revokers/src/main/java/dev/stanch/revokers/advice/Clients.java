package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tells what is called on a client of the provider, whether a rule knows the call or not: what a
/// client is seen doing and nobody can judge must be said.
final class Clients {
  private static final int DEEPEST = 5;

  /// Calls that say how a client is to be.
  private static final Pattern SETS =
      Pattern.compile(
          "^[wW]ith[A-Z_]|^(?:build|Build|region|credentialsProvider|httpClient|endpointOverride"
              + "|credential|endpoint|connectionString|vaultUrl|build\\w*Client|containerName"
              + "|apiKey|fromEnv|organization|baseUrl|timeout|maxRetries|__enter__|set[A-Z]\\w*"
              + "|forcePathStyle|defaultClient|standard|connect\\w*)$");

  private static final Pattern TYPE = Pattern.compile("\\b[A-Z]\\w+");
  private static final Pattern GO = Pattern.compile("\\b(\\w+)\\.New\\w*\\($");
  private static final Pattern STRUCT = Pattern.compile("^[A-Za-z_][\\w.]*\\{");
  private static final Pattern BUILT = Pattern.compile("\\.\\s*[bB]uild\\w*\\(");

  /// What texts, lists and promises can do in any language, and what a client is asked about
  /// itself.
  private static final Set<String> OF_VALUES =
      Set.of(
          "get",
          "set",
          "append",
          "add",
          "push",
          "pop",
          "map",
          "filter",
          "forEach",
          "each",
          "reduce",
          "join",
          "split",
          "strip",
          "trim",
          "lower",
          "upper",
          "toLowerCase",
          "toUpperCase",
          "format",
          "replace",
          "startswith",
          "endswith",
          "startsWith",
          "endsWith",
          "items",
          "keys",
          "values",
          "entries",
          "sort",
          "sorted",
          "find",
          "some",
          "every",
          "includes",
          "contains",
          "slice",
          "then",
          "catch",
          "finally",
          "toString",
          "equals",
          "hashCode",
          "close",
          "aclose",
          "Close",
          "dispose",
          "Dispose",
          "destroy",
          "shutdown",
          "copy",
          "clone",
          "await",
          "iterator",
          "stream",
          "collect",
          "isEmpty",
          "isPresent",
          "orElse",
          "orElseThrow",
          "toList",
          "apply",
          "also",
          "let",
          "run",
          "use",
          "on",
          "once",
          "json",
          "text",
          "decode",
          "encode",
          "read",
          "readlines",
          "asByteArray",
          "asUtf8String",
          "unwrap",
          "dict",
          "model_dump",
          "to_dict",
          "is_closed",
          "with_options",
          "withOptions",
          "withRawResponse",
          "asResponse",
          "builder",
          "build",
          "Build",
          "size",
          "length",
          "first",
          "last",
          "getFirst",
          "getLast",
          "getattr",
          "dig");

  private final Book.Clients book;
  private final Constants constants;
  private final Map<Constants.At, Boolean> known = new HashMap<>();

  Clients(Book.Clients book, Constants constants) {
    this.book = book;
    this.constants = constants;
  }

  /// What makes clients, as a book knows it.
  record Maker(@Nullable Pattern made) {
    /// What a text makes, by its type as others name it: `S3Client`, `github.Client`.
    List<String> types(String text) {
      Matcher matcher = made == null ? null : made.matcher(text);
      var types = new ArrayList<String>();
      while (matcher != null && matcher.find()) {
        Matcher type = TYPE.matcher(matcher.group());
        Matcher go = GO.matcher(matcher.group());
        types.add(go.find() ? go.group(1) + ".Client" : type.find() ? type.group() : "");
      }
      return types;
    }
  }

  /// Whether a text makes one.
  boolean isMadeIn(String text) {
    return book.made() != null && book.made().matcher(text).find();
  }

  /// Whether a file makes one.
  boolean isMadeIn(Script script) {
    return book.made() != null && script.holds(book.made());
  }

  /// What code names a type by: itself, or the interface that it has in C#.
  static Stream<String> names(String type) {
    return type.isEmpty()
        ? Stream.empty()
        : Stream.of(type, "I" + type, "I" + type.replaceFirst("Client$", ""));
  }

  /// Whether a call asks a client for something.
  ///
  /// @param on what it is made on
  boolean isAsked(String file, String on, String name) {
    return book.made() != null
        && !on.isEmpty()
        && !OF_VALUES.contains(name)
        && !name.startsWith("_")
        && !book.silent().contains(name)
        && !leadsOn(name)
        && isOne(new Constants.At(file, on), 0);
  }

  /// Whether an expression of a file is a client, or a part of one.
  boolean isClient(String file, String text) {
    return book.made() != null && !text.isBlank() && isOne(new Constants.At(file, text), 0);
  }

  private boolean isOne(Constants.At expression, int depth) {
    Boolean before = known.get(expression);
    if (before != null) {
      return before;
    }
    if (depth > DEEPEST) {
      return false;
    }
    known.put(expression, false); // what leads back to itself
    boolean one = judge(expression, depth);
    known.put(expression, one);
    return one;
  }

  private boolean judge(Constants.At expression, int depth) {
    String text = bare(expression.text());
    if (STRUCT.matcher(text).find()) {
      return false; // holds one, and is none
    }
    boolean one = false;
    List<Script.Call> chain = chain(text);
    for (int i = 0; i < chain.size(); i++) {
      Script.Call call = chain.get(i);
      String path = call.path();
      if (one) {
        one = leadsOn(call.name());
      } else if (isMaker(text, call.open())) {
        one = true;
      } else {
        int dot = path.lastIndexOf('.');
        boolean part = dot > 0 && book.through().contains(call.name());
        one = isAssigned(expression.file(), part ? path.substring(0, dot) : path, part, depth);
      }
      if (!one && chain.stream().skip(i + 1L).noneMatch(later -> isMaker(text, later.open()))) {
        return false;
      }
    }
    boolean building = text.contains("uilder") && !BUILT.matcher(text).find();
    return one ? !building : isAssigned(expression.file(), text, true, depth);
  }

  /// Whether what makes a client ends with this bracket.
  private boolean isMaker(String text, int open) {
    Pattern made = book.made();
    Matcher matcher = made == null ? null : made.matcher(text.substring(0, open + 1));
    while (matcher != null && matcher.find()) {
      if (matcher.end() == open + 1) {
        return true;
      }
    }
    return false;
  }

  /// Whether a call on a client leads to a part of it, or makes it another.
  private boolean leadsOn(String name) {
    return book.through().contains(name) || !OF_VALUES.contains(name) && SETS.matcher(name).find();
  }

  /// Whether a name was assigned one.
  ///
  /// @param part whether what it begins with counts as well
  private boolean isAssigned(String file, String name, boolean part, int depth) {
    String path = Origin.leadingPath(name);
    while (!path.isEmpty()) {
      List<Constants.At> assigned = constants.assigned(file, path);
      if (!assigned.isEmpty() || !part) {
        return assigned.stream().anyMatch(each -> isOne(each, depth + 1));
      }
      int dot = path.lastIndexOf('.');
      path = dot < 0 ? "" : path.substring(0, dot);
    }
    return false;
  }

  private static String bare(String text) {
    String bare = text.strip();
    int arrow = bare.indexOf("=>");
    if (arrow >= 0 && arrow < 40) { // a function that makes one
      bare = bare.substring(arrow + 2).strip();
    }
    for (String word : List.of("await ", "new ", "&", "*", "yield ", "async with ")) {
      bare = bare.startsWith(word) ? bare.substring(word.length()).strip() : bare;
    }
    return bare;
  }

  /// The calls of an expression that are in no other's brackets.
  private static List<Script.Call> chain(String text) {
    var chain = new ArrayList<Script.Call>();
    int behind = -1;
    for (Script.Call call : Script.callsIn(text)) {
      if (call.open() > behind) {
        chain.add(call);
        behind = call.close();
      }
    }
    return chain;
  }
}
