package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.Chunk;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.SourceSink;
import dev.stanch.detectors.source.directory.DirectorySource;
import dev.stanch.revokers.spi.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The code under a folder, read once for all tokens that stand in it: what its owner would commit,
/// within bounds, without what others wrote.
public final class CodeTree {
  private static final int LONGEST_FILE = 1 << 20;

  /// What is longer holds records, not settings.
  private static final int LONGEST_DATA = 64 << 10;

  private static final long MOST_BYTES = 64L << 20;

  /// A file that holds more tokens is a list of them and uses none.
  private static final int MOST_TOKENS = 50;

  private static final Set<String> OF_OTHERS =
      Set.of(
          "node_modules",
          "vendor",
          "third_party",
          "site-packages",
          "bower_components",
          "venv",
          ".venv",
          ".terraform",
          "__pycache__",
          ".tox");

  /// What stands before a value: the name that it is assigned to.
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "([A-Za-z_][\\w.-]*)[\"']?\\]?\\s*(?::\\s*(?:str|string|String)\\s*)?(?::=|\\?=|=>|=|:)\\s*(?:[fbrFBR]?[\"'`]{1,3})?(?:Bearer"
              + " |token |Basic )?$");

  private static final Pattern WORDS =
      Pattern.compile("^\\s*(?:ENV|ARG|set|setenv)\\s+([A-Za-z_]\\w*)\\s+[\"']?$");

  /// How far above a setting its headings are looked for, in lines.
  private static final int MOST_ABOVE = 200;

  private static final Pattern KEY =
      Pattern.compile("^([ \\t]*)[\"']?([A-Za-z_][\\w.-]*)[\"']?[ \\t]*[:=]");

  private static final Pattern NAME = Pattern.compile("name:\\s*[\"']?([A-Za-z_][\\w.-]*)");

  private final Path root;
  private final Map<String, Code.File> files = new TreeMap<>();
  private final Map<String, Code.File> further = new HashMap<>(); // what only places led to
  private @Nullable Tree shared;
  private final Map<String, Integer> tokens = new HashMap<>();

  private CodeTree(Path root) {
    this.root = root;
  }

  /// Reads what is code under `root`, or the one file that it is.
  ///
  /// @throws SourceException when there is no such folder
  public static CodeTree read(Path root) throws SourceException, InterruptedException {
    var tree = new CodeTree(Files.isRegularFile(root) ? parent(root) : root);
    if (Files.isRegularFile(root)) {
      String name = String.valueOf(root.getFileName());
      tree.take(name).ifPresent(file -> tree.files.put(name, file));
    } else {
      new DirectorySource(root, DirectorySource.Ignored.EXCLUDED).enumerate(tree.new Taker());
    }
    return tree;
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  private final class Taker implements SourceSink {
    private long left = MOST_BYTES;

    @Override
    public void chunk(Chunk chunk) {
      String path = chunk.provenance().path();
      if (chunk.size() > LONGEST_FILE
          || chunk.size() > left
          || Syntax.of(path).isEmpty()
          || Syntax.of(path).get() == Syntax.DATA && chunk.size() > LONGEST_DATA
          || isOfOthers(path)) {
        return;
      }
      left -= chunk.size();
      try (InputStream in = chunk.open()) {
        String text = new String(in.readNBytes(LONGEST_FILE), StandardCharsets.UTF_8);
        files.put(path, new Code.File(path, text, Code.Role.BESIDE));
      } catch (IOException _) {
        // What cannot be read shows no use.
      }
    }

    @Override
    public void skip(Skip skip) {
      // What is left out of a scan shows no use either.
    }
  }

  private static boolean isOfOthers(String path) {
    for (String folder : path.split("/", -1)) {
      if (OF_OTHERS.contains(folder)) {
        return true;
      }
    }
    return false;
  }

  /// The file of a path, whether it is code or not: a token stands in it.
  private Optional<Code.File> take(String path) {
    Code.File known = files.getOrDefault(path, further.get(path));
    if (known != null) {
      return Optional.of(known);
    }
    Path file = root.resolve(path).normalize();
    try {
      if (!file.startsWith(root.normalize())
          || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.size(file) > LONGEST_FILE) {
        return Optional.empty();
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      var read = new Code.File(path, text, Code.Role.BESIDE);
      further.put(path, read);
      return Optional.of(read);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// The code around a token.
  ///
  /// @param paths the files of this tree that it stands in
  /// @param variables names that are known to hold it
  public Code around(Finding finding, Set<String> paths, Set<String> variables) {
    var names = new HashSet<String>(variables);
    var holders = new TreeMap<String, Code.File>();
    Optional<Pattern> shape = shape(finding.redacted());
    for (String path : paths) {
      Optional<Code.File> file = take(path);
      if (file.isPresent()) {
        String text = file.get().text();
        names.addAll(fileNames(path));
        if (tokens.merge(path, 1, Integer::sum) > MOST_TOKENS) {
          text = "";
        } else if (shape.isPresent()) {
          text = masked(text, shape.get(), lines(finding, path), names);
        }
        holders.put(path, new Code.File(path, text, Code.Role.HOLDS));
      }
    }
    if (shared == null) {
      shared = new Tree(List.copyOf(files.values()));
    }
    return new Code(names, new Around(shared, holders.values()));
  }

  /// A file that is no code is read by its name.
  private static List<String> fileNames(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    boolean prose = name.endsWith(".md") || name.endsWith(".rst");
    boolean code =
        Syntax.of(path).filter(Syntax::isCode).isPresent()
            || name.endsWith(".yml")
            || name.endsWith(".yaml");
    return prose || code ? List.of() : List.of(name);
  }

  /// What a token looks like of which no more than this is known.
  private static Optional<Pattern> shape(String redacted) {
    int dots = redacted.indexOf('…');
    if (dots < 0) {
      return Optional.empty();
    }
    String head = redacted.substring(0, dots);
    String tail = redacted.substring(dots + 1);
    if (head.isEmpty() && tail.isEmpty()) {
      return Optional.empty();
    }
    String in = "[^\\s\"'`<>,;" + (tail.isEmpty() ? "@" : "");
    String between = head.isEmpty() ? in + "=:]{12,}" : in + "]{8,}";
    String least = tail.isEmpty() ? "" : "?" + Pattern.quote(tail);
    return Optional.of(Pattern.compile(Pattern.quote(head) + between + least));
  }

  /// The lines of a file, from 1, that the token stands on as far as its places tell.
  private static BitSet lines(Finding finding, String path) {
    var lines = new BitSet();
    for (Place place : finding.places()) {
      String of = place.provenance().path();
      if (place.via().isEmpty() && (of.endsWith(path) || path.endsWith(of))) {
        lines.set(place.location().line());
      }
    }
    return lines;
  }

  /// The text without the token; its names go to `names`. Others that look like it are left where
  /// its lines are known.
  private static String masked(String text, Pattern shape, BitSet lines, Set<String> names) {
    var all = new ArrayList<int[]>(); // where what looks like it begins and ends
    var ours = new ArrayList<int[]>();
    Matcher matcher = shape.matcher(text);
    int line = 1;
    int counted = 0;
    while (matcher.find()) {
      for (; counted < matcher.start(); counted++) {
        line += text.charAt(counted) == '\n' ? 1 : 0;
      }
      int[] place = {matcher.start(), matcher.end()};
      all.add(place);
      if (lines.get(line)) {
        ours.add(place);
      }
    }
    var masked = new StringBuilder();
    int at = 0;
    for (int[] place : ours.isEmpty() ? all : ours) {
      int start = place[0];
      int lineStart = text.lastIndexOf('\n', start - 1) + 1;
      String before = text.substring(Math.max(lineStart, start - 300), start);
      Optional<String> name = name(before, text.substring(Math.max(0, lineStart - 200), lineStart));
      name.ifPresent(names::add);
      if (name.isPresent()) {
        names.addAll(settings(text, lineStart, before));
      }
      masked.append(text, at, start).append(Code.TOKEN);
      at = place[1];
    }
    return masked.append(text, at, text.length()).toString();
  }

  /// The name that is assigned what follows `before`.
  private static Optional<String> name(String before, String above) {
    Matcher words = WORDS.matcher(before);
    if (words.find()) {
      return Optional.of(words.group(1));
    }
    Matcher assigned = ASSIGNED.matcher(before);
    if (!assigned.find() || isArgument(before.substring(0, assigned.start()))) {
      return Optional.empty();
    }
    String name = assigned.group(1);
    if (name.equals("value")) { // of a pair that a manifest writes on two lines
      Matcher named = NAME.matcher(above);
      String last = "";
      while (named.find()) {
        last = named.group(1);
      }
      return last.isEmpty() ? Optional.empty() : Optional.of(last);
    }
    return Optional.of(name.substring(name.lastIndexOf('.') + 1));
  }

  /// What programs call a setting that stands under others: `openai.api-key`, `Azure:Secret`.
  private static List<String> settings(String text, int lineStart, String before) {
    Matcher key = KEY.matcher(before);
    if (!key.find()) {
      return List.of();
    }
    int indent = key.group(1).length();
    var path = new ArrayDeque<String>(List.of(key.group(2)));
    int end = lineStart - 1;
    for (int i = 0; i < MOST_ABOVE && end > 0 && indent > 0; i++) {
      int start = text.lastIndexOf('\n', end - 1) + 1;
      Matcher above = KEY.matcher(text.substring(start, end));
      if (above.find() && above.group(1).length() < indent) {
        indent = above.group(1).length();
        path.addFirst(above.group(2));
      }
      end = start - 1;
    }
    return path.size() == 1 && path.getFirst().indexOf('.') < 0
        ? List.of()
        : List.of(String.join(".", path), String.join(":", path), String.join("__", path));
  }

  /// Whether what follows stands in the brackets of a call.
  private static boolean isArgument(String before) {
    int depth = 0;
    for (int i = 0; i < before.length(); i++) {
      depth += before.charAt(i) == '(' ? 1 : before.charAt(i) == ')' ? -1 : 0;
    }
    return depth > 0;
  }
}
