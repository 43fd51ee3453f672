package dev.stanch.detectors.rule;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// What the text of a pattern says about its matches: how long they are, which bytes stand at fixed
/// places, where a keyword can be. Parses the dialect of docs/RULE-FORMAT.md and refuses everything
/// beyond it.
final class PatternShape {
  /// No count may be larger.
  private static final int DEEPEST = 100;

  private static final int LONGEST = 1 << 24;
  static final int LARGEST_COUNT = 4096;

  private static final int MOST_BRANCHES = 512;

  /// Most ways in which one attempt may try to divide a text among its variable counts.
  private static final double MOST_WORK = 4e6;

  private static final int MOST_ITEMS = 160;
  private static final int CHECKED_AFTER_KEYWORD = 6;
  private static final int CHECKED_HEAD = 4;

  /// A part of a pattern.
  sealed interface Node {}

  record Chars(ByteSet set) implements Node {}

  record Sequence(List<Node> parts) implements Node {}

  record Choice(List<Node> options) implements Node {}

  record Repeat(Node body, int min, int max) implements Node {}

  record Capture(Node body) implements Node {}

  /// `\b`, `^`, `$`: matches between bytes.
  record Edge(char kind) implements Node {}

  /// `min` to `max` bytes of a set.
  record Item(ByteSet set, int min, int max) {}

  /// Where one way through the pattern holds a keyword, and which bytes must follow it.
  record Anchor(String keyword, int minOffset, int maxOffset, List<ByteSet> following) {}

  /// Thrown for text that is not of the dialect; the message says what and is fit for a rule
  /// author.
  static final class NotOfTheDialect extends Exception {
    private static final long serialVersionUID = 1;

    NotOfTheDialect(String message) {
      super(message);
    }
  }

  private final String text;
  private int depth;
  private int at;
  private boolean ignoreCase;
  private boolean dotAll;
  private final Node root;
  private int captures;
  private final List<String> names = new ArrayList<>();

  private PatternShape(String text) throws NotOfTheDialect {
    this.text = text;
    flags();
    this.root = choice();
    if (at < text.length()) {
      throw bad("unbalanced ')'");
    }
    if (captures == 0) {
      throw new NotOfTheDialect("no capture group: exactly one must hold the secret");
    }
    if (names.isEmpty() ? captures != 1 : captures != names.size() || !names.contains("secret")) {
      throw new NotOfTheDialect("several capture groups: name them all, one of them 'secret'");
    }
    if (minLength(root) == 0) {
      throw new NotOfTheDialect("matches the empty text");
    }
    if (work(root) > MOST_WORK) {
      throw new NotOfTheDialect(
          "too many ways to match one text: neighbouring variable counts share an alphabet");
    }
  }

  static PatternShape of(String pattern) throws NotOfTheDialect {
    return new PatternShape(pattern);
  }

  List<String> groupNames() {
    return List.copyOf(names);
  }

  boolean ignoreCase() {
    return ignoreCase;
  }

  int minLength() {
    return minLength(root);
  }

  int maxLength() {
    return maxLength(root);
  }

  /// Whether the pattern begins with `\b`.
  boolean startsAtWordEdge() {
    return root instanceof Sequence sequence
        && !sequence.parts().isEmpty()
        && sequence.parts().getFirst() instanceof Edge edge
        && edge.kind() == 'b';
  }

  /// The alphabet of the longest run inside the capture, when the pattern ends with the capture: a
  /// match followed by more of it is a piece of something longer.
  ByteSet trailingAlphabet() {
    Node last = root;
    while (true) {
      switch (last) {
        case Sequence sequence -> {
          if (sequence.parts().isEmpty()) {
            return new ByteSet();
          }
          last = sequence.parts().getLast();
        }
        case Capture capture -> {
          var runs = new ArrayList<Item>();
          collectRuns(capture.body(), runs);
          Item longest = null;
          for (Item run : runs) {
            if (longest == null || run.max() > longest.max()) {
              longest = run;
            }
          }
          return longest == null || longest.max() < 8 ? new ByteSet() : longest.set();
        }
        case Chars _, Choice _, Repeat _, Edge _ -> {
          return new ByteSet();
        }
      }
    }
  }

  private static void collectRuns(Node node, List<Item> runs) {
    switch (node) {
      case Chars chars -> runs.add(new Item(chars.set(), 1, 1));
      case Sequence sequence -> sequence.parts().forEach(part -> collectRuns(part, runs));
      case Choice choice -> choice.options().forEach(option -> collectRuns(option, runs));
      case Repeat repeat -> {
        if (repeat.body() instanceof Chars chars) {
          runs.add(new Item(chars.set(), repeat.min(), repeat.max()));
        } else {
          collectRuns(repeat.body(), runs);
        }
      }
      case Capture capture -> collectRuns(capture.body(), runs);
      case Edge _ -> {}
    }
  }

  /// The run of bytes that every match begins with: its alphabet and its least length.
  Item leadingRun() {
    Node node = root;
    while (true) {
      switch (node) {
        case Sequence sequence -> {
          Node next = null;
          for (Node part : sequence.parts()) {
            if (!(part instanceof Edge)) {
              next = part;
              break;
            }
          }
          if (next == null) {
            return new Item(new ByteSet().complement(), 1, 1);
          }
          node = next;
        }
        case Capture capture -> node = capture.body();
        case Chars chars -> {
          return new Item(chars.set(), 1, 1);
        }
        case Repeat repeat when repeat.body() instanceof Chars chars && repeat.min() > 0 -> {
          return new Item(chars.set(), repeat.min(), repeat.max());
        }
        case Choice _, Repeat _, Edge _ -> {
          return new Item(new ByteSet().complement(), 1, 1);
        }
      }
    }
  }

  /// The bytes that may stand at the first places of a match, place by place; where a match may end
  /// earlier, any byte may.
  List<ByteSet> head() {
    var sets = new ByteSet[CHECKED_HEAD];
    for (int place = 0; place < CHECKED_HEAD; place++) {
      sets[place] = new ByteSet();
    }
    int ends = place(root, 1, sets);
    for (int place = 0; place < CHECKED_HEAD; place++) {
      // What begins before an end goes on as the text does.
      if ((ends & (2 << place) - 1) != 0) {
        sets[place] = new ByteSet().complement();
      }
    }
    return List.of(sets);
  }

  /// Adds to `sets` what stands where, for each place that a bit of `starts` says `node` may begin
  /// at, and tells where it may end.
  private static int place(Node node, int starts, ByteSet[] sets) {
    return switch (node) {
      case Edge _ -> starts;
      case Capture capture -> place(capture.body(), starts, sets);
      case Chars chars -> {
        for (int place = 0; place < CHECKED_HEAD; place++) {
          if ((starts >> place & 1) != 0) {
            sets[place].addAll(chars.set());
          }
        }
        yield starts << 1 & (1 << CHECKED_HEAD) - 1;
      }
      case Sequence sequence -> {
        int ends = starts;
        for (Node part : sequence.parts()) {
          ends = place(part, ends, sets);
        }
        yield ends;
      }
      case Choice choice -> {
        int ends = 0;
        for (Node option : choice.options()) {
          ends |= place(option, starts, sets);
        }
        yield ends;
      }
      case Repeat repeat -> {
        int ends = repeat.min() == 0 ? starts : 0;
        int now = starts;
        // A body of no bytes ends where it began: once is then as good as often.
        for (int times = 1;
            times <= repeat.max() && times <= repeat.min() + CHECKED_HEAD;
            times++) {
          now = place(repeat.body(), now, sets);
          ends |= times >= repeat.min() ? now : 0;
          if (now == 0) {
            break;
          }
        }
        yield ends;
      }
    };
  }

  /// The places where every match holds one of `keywords`.
  ///
  /// @throws NotOfTheDialect when some match need not hold any at a bounded distance
  List<Anchor> anchors(List<String> keywords) throws NotOfTheDialect {
    var anchors = new ArrayList<Anchor>();
    for (Branch branch : branches(keywords)) {
      Anchor found = branch.anchor(keywords);
      if (found == null) {
        throw new NotOfTheDialect(
            "not every match holds a keyword at a bounded distance from its start; no keyword in: "
                + branch.describe());
      }
      boolean merged = false;
      for (int i = 0; i < anchors.size(); i++) {
        Anchor known = anchors.get(i);
        if (known.keyword().equals(found.keyword())
            && known.minOffset() == found.minOffset()
            && known.maxOffset() == found.maxOffset()) {
          anchors.set(
              i,
              new Anchor(
                  known.keyword(), known.minOffset(), known.maxOffset(), joined(known, found)));
          merged = true;
          break;
        }
      }
      if (!merged) {
        anchors.add(found);
      }
    }
    return anchors;
  }

  private static List<ByteSet> joined(Anchor one, Anchor two) {
    var sets = new ArrayList<ByteSet>();
    for (int i = 0; i < Math.min(one.following().size(), two.following().size()); i++) {
      sets.add(one.following().get(i).copy().addAll(two.following().get(i)));
    }
    return List.copyOf(sets);
  }

  /// One way through the pattern.
  private static final class Branch {
    final List<Item> items = new ArrayList<>();
    boolean done;

    /// Set where the rest of this way is left open (too many or too long ways).
    boolean open;

    Branch copy() {
      var copy = new Branch();
      copy.items.addAll(items);
      copy.done = done;
      copy.open = open;
      return copy;
    }

    @org.jspecify.annotations.Nullable
    Anchor anchor(List<String> keywords) {
      Anchor best = null;
      for (String keyword : keywords) {
        byte[] bytes = keyword.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        int index = indexOf(bytes);
        if (index < 0) {
          continue;
        }
        int min = 0;
        int max = 0;
        for (Item item : items.subList(0, index)) {
          min += item.min();
          max += item.max();
        }
        if (best != null && best.keyword().length() >= keyword.length()) {
          continue;
        }
        var following = new ArrayList<ByteSet>();
        for (int i = index + bytes.length;
            i < items.size() && following.size() < CHECKED_AFTER_KEYWORD;
            i++) {
          Item item = items.get(i);
          for (int n = 0; n < item.min() && following.size() < CHECKED_AFTER_KEYWORD; n++) {
            following.add(item.set());
          }
          if (item.min() != item.max()) {
            break;
          }
        }
        best = new Anchor(keyword.toLowerCase(Locale.ROOT), min, max, List.copyOf(following));
      }
      return best;
    }

    int indexOf(byte[] keyword) {
      for (int start = 0; start + keyword.length <= items.size(); start++) {
        boolean all = true;
        for (int i = 0; i < keyword.length && all; i++) {
          Item item = items.get(start + i);
          var folded = new ByteSet().add(keyword[i] & 0xff).foldCase();
          all =
              item.min() == 1
                  && item.max() == 1
                  && item.set().size() > 0
                  && item.set().isSubsetOf(folded);
        }
        if (all) {
          return start;
        }
      }
      return -1;
    }

    String describe() {
      var text = new StringBuilder();
      for (Item item : items) {
        if (text.length() > 60) {
          break;
        }
        text.append(item.set().size() <= 2 ? String.valueOf((char) first(item.set())) : "·");
        if (item.max() > 1) {
          text.append('{').append(item.min()).append(',').append(item.max()).append('}');
        }
      }
      return text.append(open ? "…" : "").toString();
    }

    private static int first(ByteSet set) {
      for (int value = 255; value > 0; value--) {
        if (set.contains(value)) {
          return value;
        }
      }
      return 0;
    }
  }

  private List<Branch> branches(List<String> keywords) {
    List<Branch> start = new ArrayList<>();
    start.add(new Branch());
    return extend(start, root, keywords);
  }

  private static List<Branch> extend(List<Branch> branches, Node node, List<String> keywords) {
    return switch (node) {
      case Edge _ -> branches;
      case Capture capture -> extend(branches, capture.body(), keywords);
      case Chars chars -> chars(branches, chars.set(), keywords);
      case Sequence sequence -> {
        List<Branch> now = branches;
        for (Node part : sequence.parts()) {
          now = extend(now, part, keywords);
        }
        yield now;
      }
      case Choice choice -> {
        var all = new ArrayList<Branch>();
        for (Branch branch : branches) {
          if (branch.done || branches.size() * choice.options().size() > MOST_BRANCHES) {
            branch.open |= !branch.done;
            branch.done = true;
            all.add(branch);
          }
        }
        var going = branches.stream().filter(branch -> !branch.done).toList();
        for (Node option : choice.options()) {
          if (!going.isEmpty()) {
            all.addAll(extend(copies(going), option, keywords));
          }
        }
        yield all;
      }
      case Repeat repeat -> {
        if (repeat.body() instanceof Chars chars) {
          for (Branch branch : branches) {
            if (!branch.done) {
              if (repeat.min() == repeat.max() && repeat.min() <= MOST_ITEMS) {
                for (int i = 0; i < repeat.min(); i++) {
                  branch.items.add(new Item(chars.set(), 1, 1));
                }
              } else {
                branch.items.add(new Item(chars.set(), repeat.min(), repeat.max()));
              }
              finish(branch, keywords);
            }
          }
          yield branches;
        }
        List<Branch> now = branches;
        for (int i = 0; i < Math.min(repeat.min(), 4); i++) {
          now = extend(now, repeat.body(), keywords);
        }
        if (repeat.max() == repeat.min() && repeat.min() <= 4) {
          yield now;
        }
        if (repeat.max() == 1) {
          var all =
              new ArrayList<Branch>(copies(now.stream().filter(branch -> !branch.done).toList()));
          all.addAll(extend(now, repeat.body(), keywords));
          yield all;
        }
        // A longer repetition of a group: what follows stands at distances that are not worth
        // spelling out.
        for (Branch branch : now) {
          branch.open |= !branch.done;
          branch.done = true;
        }
        yield now;
      }
    };
  }

  private static List<Branch> chars(List<Branch> branches, ByteSet set, List<String> keywords) {
    // A small class such as [pousr] is spelt out, so that keywords such as ghp_ can be seen in it.
    if (set.size() > 1
        && set.size() <= 12
        && !oneLetter(set)
        && branches.size() * set.size() <= MOST_BRANCHES / 2) {
      var all = new ArrayList<Branch>();
      for (Branch branch : branches) {
        if (branch.done) {
          all.add(branch);
          continue;
        }
        for (int value = 0; value < 256; value++) {
          if (set.contains(value)) {
            Branch next = branch.copy();
            next.items.add(new Item(new ByteSet().add(value), 1, 1));
            finish(next, keywords);
            all.add(next);
          }
        }
      }
      return all;
    }
    for (Branch branch : branches) {
      if (!branch.done) {
        branch.items.add(new Item(set, 1, 1));
        finish(branch, keywords);
      }
    }
    return branches;
  }

  private static boolean oneLetter(ByteSet set) {
    if (set.size() != 2) {
      return false;
    }
    for (int lower = 'a'; lower <= 'z'; lower++) {
      if (set.contains(lower) && set.contains(lower - 32)) {
        return true;
      }
    }
    return false;
  }

  private static void finish(Branch branch, List<String> keywords) {
    if (branch.items.size() > MOST_ITEMS * 2) {
      branch.done = true;
      branch.open = true;
      return;
    }
    Anchor anchor = branch.anchor(keywords);
    if (anchor != null && anchor.following().size() >= CHECKED_AFTER_KEYWORD) {
      branch.done = true;
    }
  }

  private static List<Branch> copies(List<Branch> branches) {
    return new ArrayList<>(branches.stream().map(Branch::copy).toList());
  }

  // ---- parsing
  // -------------------------------------------------------------------------------------------------------

  private void flags() throws NotOfTheDialect {
    if (text.startsWith("(?")) {
      int end = text.indexOf(')');
      String flags = end > 0 ? text.substring(2, end) : "";
      if (!flags.isEmpty() && flags.chars().allMatch(c -> c == 'i' || c == 'm' || c == 's')) {
        ignoreCase = flags.indexOf('i') >= 0;
        dotAll = flags.indexOf('s') >= 0;
        at = end + 1;
      } else if (!flags.isEmpty() && flags.chars().allMatch(Character::isLetter)) {
        throw bad("flags other than i, m and s");
      }
    }
  }

  private Node choice() throws NotOfTheDialect {
    var options = new ArrayList<Node>();
    options.add(sequence());
    while (at < text.length() && text.charAt(at) == '|') {
      at++;
      options.add(sequence());
    }
    return options.size() == 1 ? options.getFirst() : new Choice(List.copyOf(options));
  }

  private Node sequence() throws NotOfTheDialect {
    var parts = new ArrayList<Node>();
    while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
      atom(parts);
    }
    return new Sequence(List.copyOf(parts));
  }

  private void atom(List<Node> parts) throws NotOfTheDialect {
    char c = text.charAt(at);
    switch (c) {
      case '(' -> quantified(parts, group());
      case '[' -> quantified(parts, new Chars(charClass()));
      case '.' -> {
        at++;
        var none = new ByteSet();
        quantified(parts, new Chars((dotAll ? none : none.add('\n')).complement()));
      }
      case '^', '$' -> {
        at++;
        parts.add(new Edge(c));
      }
      case '*', '+', '?', '{' -> throw bad("nothing to repeat");
      case '\\' -> {
        if (at + 1 < text.length() && (text.charAt(at + 1) == 'b' || text.charAt(at + 1) == 'B')) {
          parts.add(new Edge(text.charAt(at + 1)));
          at += 2;
        } else {
          quantified(parts, new Chars(escape(false)));
        }
      }
      default -> {
        int point = text.codePointAt(at);
        at += Character.charCount(point);
        if (point < 0x80) {
          quantified(parts, new Chars(letter(point)));
        } else {
          byte[] bytes = Character.toString(point).getBytes(StandardCharsets.UTF_8);
          var sequence = new ArrayList<Node>();
          for (byte b : bytes) {
            sequence.add(new Chars(new ByteSet().add(b & 0xff)));
          }
          quantified(parts, new Sequence(List.copyOf(sequence)));
        }
      }
    }
  }

  private ByteSet letter(int value) {
    var set = new ByteSet().add(value);
    return ignoreCase ? set.foldCase() : set;
  }

  private Node group() throws NotOfTheDialect {
    at++;
    boolean capture = true;
    if (text.startsWith("?:", at)) {
      at += 2;
      capture = false;
    } else if (text.startsWith("?<", at) || text.startsWith("?P<", at)) {
      int from = text.indexOf('<', at) + 1;
      int to = text.indexOf('>', from);
      if (to < 0
          || from < text.length() && (text.charAt(from) == '=' || text.charAt(from) == '!')) {
        throw bad("look-behind");
      }
      names.add(text.substring(from, to));
      at = to + 1;
    } else if (text.startsWith("?", at)) {
      throw bad("a group that is neither '(?:', '(?<name>' nor plain");
    }
    if (capture) {
      captures++;
    }
    if (++depth > DEEPEST) {
      throw bad("a group so deep inside others");
    }
    Node body = choice();
    depth--;
    if (at >= text.length()) {
      throw bad("unbalanced '('");
    }
    at++;
    return capture ? new Capture(body) : body;
  }

  private void quantified(List<Node> parts, Node body) throws NotOfTheDialect {
    if (at >= text.length()) {
      parts.add(body);
      return;
    }
    char c = text.charAt(at);
    int min;
    int max;
    if (c == '?') {
      min = 0;
      max = 1;
      at++;
    } else if (c == '*' || c == '+') {
      throw bad("unbounded '" + c + "'; say at most how many, as in {1,64}");
    } else if (c == '{') {
      int end = text.indexOf('}', at);
      if (end < 0) {
        throw bad("unbalanced '{'");
      }
      String[] counts = text.substring(at + 1, end).split(",", -1);
      try {
        min = Integer.parseInt(counts[0].strip());
        max = counts.length == 1 ? min : Integer.parseInt(counts[1].strip());
      } catch (NumberFormatException e) {
        throw bad("unbounded or unreadable count {" + text.substring(at + 1, end) + "}");
      }
      if (min < 0 || min > max || max > LARGEST_COUNT || counts.length > 2) {
        throw bad(
            "count {" + text.substring(at + 1, end) + "} is not within 0 to " + LARGEST_COUNT);
      }
      at = end + 1;
    } else {
      parts.add(body);
      return;
    }
    if (at < text.length() && text.charAt(at) == '?') {
      at++;
    } else if (at < text.length() && text.charAt(at) == '+') {
      throw bad("possessive quantifiers");
    }
    if (max > 1 && !(body instanceof Chars) && minLength(body) != maxLength(body)) {
      throw bad("a repeated group whose length varies (nested quantifiers)");
    }
    parts.add(min == 1 && max == 1 ? body : new Repeat(body, min, max));
  }

  private ByteSet charClass() throws NotOfTheDialect {
    at++;
    boolean negated = at < text.length() && text.charAt(at) == '^';
    if (negated) {
      at++;
    }
    var set = new ByteSet();
    boolean first = true;
    while (true) {
      if (at >= text.length()) {
        throw bad("unbalanced '['");
      }
      char c = text.charAt(at);
      if (c == ']' && !first) {
        at++;
        break;
      }
      first = false;
      if (c == '[') {
        throw bad("a '[' inside a class; escape it");
      }
      if (c == '&' && text.startsWith("&&", at)) {
        throw bad("'&&' inside a class");
      }
      if (c == '\\') {
        ByteSet escaped = escape(true);
        if (escaped.size() != 1 || !rangeFollows()) {
          set.addAll(escaped);
          continue;
        }
        range(set, only(escaped));
      } else {
        if (c > 0x7f) {
          throw bad("a character beyond ASCII inside a class");
        }
        at++;
        if (rangeFollows()) {
          range(set, c);
        } else {
          set.add(c);
        }
      }
    }
    if (ignoreCase) {
      set.foldCase();
    }
    return negated ? set.complement() : set;
  }

  private boolean rangeFollows() {
    return at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']';
  }

  private void range(ByteSet set, int from) throws NotOfTheDialect {
    at++;
    int to;
    if (text.charAt(at) == '\\') {
      ByteSet escaped = escape(true);
      if (escaped.size() != 1) {
        throw bad("a range that ends in a class");
      }
      to = only(escaped);
    } else {
      to = text.charAt(at++);
    }
    if (to < from || to > 0xff) {
      throw bad("a range that runs backwards");
    }
    set.addRange(from, to);
  }

  private static int only(ByteSet set) {
    for (int value = 0; value < 256; value++) {
      if (set.contains(value)) {
        return value;
      }
    }
    throw new IllegalStateException("an empty set");
  }

  private ByteSet escape(boolean inClass) throws NotOfTheDialect {
    at++;
    if (at >= text.length()) {
      throw bad("a '\\' at the end");
    }
    char c = text.charAt(at++);
    return switch (c) {
      case 'd' -> new ByteSet().addRange('0', '9');
      case 'D' -> new ByteSet().addRange('0', '9').complement();
      case 'w' -> word();
      case 'W' -> word().complement();
      case 's' -> ByteSet.of(" \t\n\r\f\u000b");
      case 'S' -> ByteSet.of(" \t\n\r\f\u000b").complement();
      case 'n' -> new ByteSet().add('\n');
      case 't' -> new ByteSet().add('\t');
      case 'r' -> new ByteSet().add('\r');
      case 'x' -> {
        if (at + 2 > text.length()
            || !HexFormat.isHexDigit(text.charAt(at))
            || !HexFormat.isHexDigit(text.charAt(at + 1))) {
          throw bad("\\x without two hexadecimal digits");
        }
        int value = HexFormat.fromHexDigits(text, at, at + 2);
        at += 2;
        yield inClass ? new ByteSet().add(value) : letter(value);
      }
      default -> {
        if (Character.isLetterOrDigit(c) || c > 0x7f) {
          throw bad("\\" + c);
        }
        yield new ByteSet().add(c);
      }
    };
  }

  private static ByteSet word() {
    return new ByteSet().addRange('a', 'z').addRange('A', 'Z').addRange('0', '9').add('_');
  }

  private NotOfTheDialect bad(String what) {
    return new NotOfTheDialect(
        "pattern, character " + Math.min(at + 1, text.length()) + ": " + what + " is not allowed");
  }

  /// An upper bound of the ways a backtracking matcher may divide a text among the variable counts
  /// of `node`.
  private static double work(Node node) {
    return switch (node) {
      case Chars _, Edge _ -> 1;
      case Capture capture -> work(capture.body());
      case Choice choice -> choice.options().stream().mapToDouble(PatternShape::work).sum();
      case Repeat repeat -> repeat.max() - repeat.min() + 1 + work(repeat.body());
      case Sequence sequence -> {
        List<Node> parts = flat(sequence.parts());
        double ways = 1;
        for (int i = 0; i < parts.size(); i++) {
          Node part = parts.get(i);
          // A run that cannot go on into what follows it ends at one place only.
          boolean fixed =
              part instanceof Repeat(Chars(var run), _, _)
                  && i + 1 < parts.size()
                  && parts.get(i + 1) instanceof Chars(var next)
                  && !run.intersects(next);
          ways *= fixed ? 1 : Math.max(1, work(part));
        }
        yield ways;
      }
    };
  }

  /// The parts as one sequence: a capture says nothing about how a text may be divided.
  private static List<Node> flat(List<Node> parts) {
    var all = new ArrayList<Node>();
    for (Node part : parts) {
      switch (part) {
        case Capture(Sequence(var inner)) -> all.addAll(flat(inner));
        case Capture(var inner) -> all.add(inner);
        case Sequence(var inner) -> all.addAll(flat(inner));
        case Chars _, Choice _, Repeat _, Edge _ -> all.add(part);
      }
    }
    return all;
  }

  private static int minLength(Node node) {
    return switch (node) {
      case Chars _ -> 1;
      case Edge _ -> 0;
      case Sequence sequence -> sequence.parts().stream().mapToInt(PatternShape::minLength).sum();
      case Choice choice ->
          choice.options().stream().mapToInt(PatternShape::minLength).min().orElse(0);
      case Repeat repeat -> times(repeat.min(), minLength(repeat.body()));
      case Capture capture -> minLength(capture.body());
    };
  }

  /// Lengths stop growing long before numbers end.
  private static int times(int count, int length) {
    return (int) Math.min((long) count * length, LONGEST);
  }

  private static int maxLength(Node node) {
    return switch (node) {
      case Chars _ -> 1;
      case Edge _ -> 0;
      case Sequence sequence -> sequence.parts().stream().mapToInt(PatternShape::maxLength).sum();
      case Choice choice ->
          choice.options().stream().mapToInt(PatternShape::maxLength).max().orElse(0);
      case Repeat repeat -> times(repeat.max(), maxLength(repeat.body()));
      case Capture capture -> maxLength(capture.body());
    };
  }
}
