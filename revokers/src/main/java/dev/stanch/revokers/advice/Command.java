package dev.stanch.revokers.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A command line: its words, as a shell parts them.
///
/// @param line where it begins, from 1: not where a line begins that goes on to it
/// @param text all of it
record Command(int line, String text, List<String> words) {
  private static final int LONGEST = 4000;

  /// Stands in lines that go on behind a backslash for where one of them ends: a blank.
  private static final char JOINT = '\u000B';

  private static final Pattern SETTING = Pattern.compile("[A-Za-z_]\\w*=");
  private static final Pattern LIST =
      Pattern.compile("(?:CMD |ENTRYPOINT |RUN )?\\s*\\[\\s*([\"'].*[\"'])\\s*\\]");
  private static final List<String> BEFORE =
      List.of(
          "exec",
          "then",
          "do",
          "if",
          "until",
          "while",
          "!",
          "else",
          "npx",
          "uvx",
          "bunx",
          "RUN",
          "CMD",
          "command",
          "nohup",
          "setsid",
          "chronic",
          "xvfb-run");

  /// Programs that run another behind options of their own, with those that have a value.
  private static final Map<String, Set<String>> WRAPPERS =
      Map.of(
          "sudo",
          Set.of("-u", "-g", "-h", "-p", "-C", "--user", "--group"),
          "env",
          Set.of("-u", "-C", "--unset", "--chdir"),
          "time",
          Set.of("-f", "-o"),
          "nice",
          Set.of("-n"),
          "ionice",
          Set.of("-c", "-n"),
          "stdbuf",
          Set.of("-i", "-o", "-e"),
          "timeout",
          Set.of("-s", "-k"),
          "xargs",
          Set.of("-n", "-P", "-I", "-L", "-d", "-a", "-s", "-E"));

  private static final String PARALLEL = "xargs";
  private static final String BOUNDED = "timeout";

  /// Options that have no value, of programs whose other words say what is used.
  private static final Map<String, Set<String>> FLAGS =
      Map.of(
          "git",
          Set.of(
              "-f",
              "--force",
              "--force-with-lease",
              "-u",
              "--set-upstream",
              "-q",
              "--quiet",
              "-v",
              "--tags",
              "--all",
              "--mirror",
              "--follow-tags",
              "--no-verify",
              "-d",
              "--delete",
              "--prune",
              "--atomic",
              "--bare",
              "--recursive",
              "--recurse-submodules",
              "--single-branch",
              "--no-tags"),
          "docker",
          Set.of("--password-stdin", "-q", "--quiet", "-d", "--rm", "-i", "-t", "-it", "--pull"),
          "aws",
          Set.of(
              "--recursive",
              "--delete",
              "--quiet",
              "--dryrun",
              "--only-show-errors",
              "--no-progress",
              "--exact-timestamps"),
          "gcloud",
          Set.of("-r", "-R", "--recursive", "-q", "--quiet", "-n", "--no-clobber"),
          "gsutil",
          Set.of("-r", "-R", "-m", "-n", "-q", "-d", "-c"),
          "npm",
          Set.of("-g", "--global", "-D", "--save-dev", "-S", "--save", "-E", "--save-exact"),
          "pnpm",
          Set.of("-g", "--global", "-D", "--save-dev", "-E", "--save-exact"),
          "yarn",
          Set.of("-D", "--dev", "-E", "--exact"),
          "hf",
          Set.of("--private", "--quiet", "--every", "--create-pr"),
          "huggingface-cli",
          Set.of("--private", "--quiet", "--create-pr"));

  private static final List<String> TITLES = List.of("name: ", "description: ", "title: ");

  /// Programs that run another: `poetry run …`.
  private static final List<String> RUNNERS =
      List.of("poetry", "uv", "pipenv", "hatch", "pdm", "pipx", "rye", "pnpm", "yarn");

  Command {
    words = List.copyOf(words);
  }

  /// The commands of a file of lines. A line that goes on behind a backslash is one.
  static List<Command> in(String text) {
    var commands = new ArrayList<Command>();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      int first = i + 1;
      String line = lines[i].strip();
      while (line.endsWith("\\") && i + 1 < lines.length && line.length() < LONGEST) {
        line = line.substring(0, line.length() - 1) + JOINT + lines[++i].strip();
      }
      if (line.length() < LONGEST) {
        String body = body(line);
        List<String> listed = listed(body);
        if (listed.isEmpty()) {
          parse(first, body, commands);
        } else {
          commands.add(new Command(first, shown(body), listed));
        }
      }
    }
    return commands;
  }

  /// The command lines in a text on one line.
  static List<Command> in(int line, String text) {
    var commands = new ArrayList<Command>();
    if (text.length() < LONGEST) {
      parse(line, text, commands);
    }
    return commands;
  }

  /// The words of a command that is written as a list of strings, as images and manifests do; none
  /// for another.
  private static List<String> listed(String body) {
    Matcher list = LIST.matcher(body);
    if (!list.matches()) {
      return List.of();
    }
    var words = new ArrayList<String>();
    for (String each : Texts.split(list.group(1), ",")) {
      String word = Texts.literal(each);
      words.add(word == null ? each : word);
    }
    return words.stream().anyMatch(String::isEmpty) ? List.of() : words;
  }

  /// The line without what a file wraps round a command: a YAML key, a list's dash, a JSON string.
  private static String body(String line) {
    String bare = line;
    if (bare.startsWith("- ")) {
      bare = bare.substring(2).strip();
    }
    if (bare.startsWith("@")) {
      bare = bare.substring(1); // of make
    }
    if (TITLES.stream().anyMatch(bare::startsWith)) {
      return ""; // says what is done, and does nothing
    }
    int colon = bare.indexOf(':');
    if (colon > 0 && bare.substring(0, colon).chars().allMatch(Command::isKeyPart)) {
      String rest = bare.substring(colon + 1).strip();
      if (colon + 1 == bare.length() || bare.charAt(colon + 1) == ' ') {
        bare = rest.endsWith(",") ? rest.substring(0, rest.length() - 1) : rest;
      }
    } else if (bare.startsWith("sh \"") || bare.startsWith("sh '")) {
      bare = bare.substring(3); // of a Jenkinsfile
    }
    if (bare.length() > 1
        && (bare.charAt(0) == '"' || bare.charAt(0) == '\'')
        && bare.charAt(bare.length() - 1) == bare.charAt(0)) {
      char quote = bare.charAt(0);
      bare = bare.substring(1, bare.length() - 1).replace("\\" + quote, String.valueOf(quote));
    }
    return bare;
  }

  private static boolean isKeyPart(int c) {
    return Character.isLetterOrDigit(c) || "_-\"':".indexOf(c) >= 0;
  }

  private static void parse(int line, String text, List<Command> commands) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean begun = false;
    int here = line;
    int start = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == '\'' ? c == '\'' : quote != 0 && c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
        begun = true;
      } else if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
        word.append(shown(text.charAt(++i)));
        begun = true;
      } else if (quote == '\'') {
        word.append(shown(c));
        begun = true;
      } else if (c == '$' && i + 2 < text.length() && text.charAt(i + 1) == '{') {
        int end = closing(text, i + 2);
        word.append(text, i, end);
        begun = true;
        i = end - 1;
      } else if (c == '`' || c == '$' && text.startsWith("$(", i)) {
        // A command in a word is one of its own.
        i += c == '$' ? 1 : 0;
        word.append('$');
        begun = true;
        int end = c == '`' ? text.indexOf('`', i + 1) : text.indexOf(')', i + 1);
        int to = end < 0 ? text.length() : end;
        int begin = here + joints(text.substring(start, i));
        parse(begin, text.substring(i + 1, to), commands);
        i = to;
      } else if (quote == 0 && ";|&()\n".indexOf(c) >= 0) {
        String part = text.substring(start, i);
        end(here, part, words, word, begun, commands);
        here += joints(part);
        begun = false;
        start = i + 1;
      } else if (quote == 0 && c <= ' ') {
        if (begun) {
          words.add(word.toString());
          word.setLength(0);
          begun = false;
        }
      } else {
        word.append(c == JOINT ? ' ' : c);
        begun = true;
      }
    }
    end(here, text.substring(start), words, word, begun, commands);
  }

  /// How many lines end in a text.
  private static int joints(String text) {
    return (int) text.chars().filter(c -> c == JOINT).count();
  }

  private static String shown(String text) {
    return text.replace(JOINT, ' ');
  }

  /// A character that a shell takes as it is.
  private static char shown(char c) {
    return c == '$' ? Texts.DOLLAR : c == JOINT ? ' ' : c;
  }

  private static int closing(String text, int from) {
    int depth = 1;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0) {
        return i + 1;
      }
    }
    return text.length();
  }

  private static void end(
      int line,
      String text,
      List<String> words,
      StringBuilder word,
      boolean begun,
      List<Command> commands) {
    if (begun) {
      words.add(word.toString());
      word.setLength(0);
    }
    int first = begin(words, 0);
    while (first < words.size() && WRAPPERS.containsKey(words.get(first))) {
      first = begin(words, wrapped(words, first));
    }
    if (first + 2 < words.size()
        && RUNNERS.contains(words.get(first))
        && (words.get(first + 1).equals("run") || words.get(first + 1).equals("exec"))) {
      first += 2;
    }
    if (words.size() > first && words.size() - first < 200) {
      int blank = text.length() - text.stripLeading().length();
      int begin = line + joints(text.substring(0, blank));
      commands.add(new Command(begin, shown(text).strip(), words.subList(first, words.size())));
    }
    words.clear();
  }

  /// Where a command begins behind what only introduces it.
  private static int begin(List<String> words, int from) {
    int first = from;
    while (first < words.size()
        && (BEFORE.contains(words.get(first)) || SETTING.matcher(words.get(first)).lookingAt())) {
      first++;
    }
    return first;
  }

  /// Where the command begins that a program runs: behind its options, and behind how long.
  private static int wrapped(List<String> words, int wrapper) {
    String program = words.get(wrapper);
    Set<String> valued = WRAPPERS.getOrDefault(program, Set.of());
    int i = wrapper + 1;
    while (i < words.size() && words.get(i).startsWith("-") && words.get(i).length() > 1) {
      String option = words.get(i);
      boolean value = valued.contains(option) && i + 1 < words.size();
      if (program.equals(PARALLEL) && option.startsWith("-I")) {
        unknown(words, option.length() > 2 ? option.substring(2) : value ? words.get(i + 1) : "");
      }
      i += value ? 2 : 1;
    }
    return program.equals(BOUNDED) ? Math.min(words.size(), i + 1) : i;
  }

  /// What stands for words that come from elsewhere is not known.
  private static void unknown(List<String> words, String placeholder) {
    if (!placeholder.isEmpty()) {
      words.replaceAll(
          word ->
              word.startsWith("-I")
                  ? word
                  : word.replace(placeholder, String.valueOf(Constants.HOLE)));
    }
  }

  /// What is run, without its folder.
  String program() {
    String first = words.getFirst();
    return first.substring(first.lastIndexOf('/') + 1);
  }

  /// Whether it is the command of these words, options between them aside; the position behind
  /// them.
  Optional<Integer> behind(List<String> wanted) {
    int at = 0;
    for (String each : wanted) {
      boolean option = false;
      while (at < words.size() && !is(words.get(at), each, at)) {
        String word = words.get(at);
        if (!word.startsWith("-") && !option || at == 0) {
          return Optional.empty();
        }
        option = word.startsWith("-") && !word.contains("=");
        at++;
      }
      if (at++ == words.size()) {
        return Optional.empty();
      }
    }
    return Optional.of(at);
  }

  /// A program may be named with its folder.
  private static boolean is(String word, String wanted, int at) {
    return word.equals(wanted) || at == 0 && word.endsWith("/" + wanted);
  }

  /// The value of an option: `--name value`, `--name=value`, `-n value`.
  Optional<String> option(String name) {
    String flag = name.length() == 1 ? "-" + name : "--" + name;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals(flag)) {
        return i + 1 < words.size() ? Optional.of(words.get(i + 1)) : Optional.of("");
      }
      if (word.startsWith(flag + "=")) {
        return Optional.of(word.substring(flag.length() + 1));
      }
      if (name.length() == 1 && program().equals("curl") && word.matches("-[a-zA-Z]+")) {
        int at = word.indexOf(name, 1);
        if (at == word.length() - 1) { // of several in one word: -sSX POST
          return Optional.of(i + 1 < words.size() ? words.get(i + 1) : "");
        }
        if (at == 1 && name.equals("X")) { // -XPOST
          return Optional.of(word.substring(2));
        }
      }
    }
    return Optional.empty();
  }

  /// The nth word behind `from` that is no option; what follows an option of the form `--name` or
  /// `-n` counts as its value, unless the option is known to have none.
  Optional<String> word(int from, int n) {
    int left = n;
    for (int i = from; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith("-") && word.length() > 1) {
        boolean flag =
            i + 1 >= words.size()
                || words.get(i + 1).startsWith("-")
                || FLAGS.getOrDefault(program(), Set.of()).contains(word);
        i += word.contains("=") || flag ? 0 : 1;
      } else if (left-- == 0) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }
}
