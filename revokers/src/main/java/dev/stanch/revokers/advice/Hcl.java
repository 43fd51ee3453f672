package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/// What Terraform describes, as calls of the providers that keep it so: a resource is one on
/// `githubProvider()`, by its type; data that is only read has `data_` before it.
final class Hcl {
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?m)^(resource|data|provider)[ \\t]+\"(\\w+)\"(?:[ \\t]+\"[\\w-]+\")?[ \\t]*\\{");
  private static final Pattern ARGUMENT =
      Pattern.compile("^[ \\t]*([A-Za-z_]\\w*)[ \\t]*=[ \\t]*(\\S.*)$");

  private Hcl() {}

  static boolean is(String path) {
    return path.endsWith(".tf");
  }

  /// Whether two files are of one module, whose names are known in all of it.
  static boolean isOneModule(String path, String other) {
    return is(path)
        && is(other)
        && path.substring(0, path.lastIndexOf('/') + 1)
            .equals(other.substring(0, other.lastIndexOf('/') + 1));
  }

  /// @param text without its comments
  static List<Script.Call> calls(String text) {
    var calls = new ArrayList<Script.Call>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      int open = block.end() - 1;
      var arguments = new ArrayList<Script.Argument>();
      int close = arguments(text, open, arguments);
      String type = block.group(2);
      String provider = type.replaceFirst("_.*", "") + "Provider";
      calls.add(
          switch (block.group(1)) {
            case "provider" -> new Script.Call(provider, "", block.start(), arguments, open, close);
            case "data" -> of(provider, "data_" + type, block.start(), arguments, open, close);
            default -> of(provider, type, block.start(), arguments, open, close);
          });
    }
    return calls;
  }

  private static Script.Call of(
      String provider, String name, int at, List<Script.Argument> arguments, int open, int close) {
    return new Script.Call(
        provider + "." + name, provider + "()", at, List.copyOf(arguments), open, close);
  }

  /// Takes the arguments of a block; where it ends.
  private static int arguments(String text, int open, List<Script.Argument> into) {
    int depth = 1;
    int at = open + 1;
    while (at < text.length() && depth > 0) {
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      String line = text.substring(at, end);
      Matcher argument = ARGUMENT.matcher(line);
      if (depth == 1 && argument.matches()) {
        into.add(new Script.Argument(argument.group(1), argument.group(2).strip()));
      }
      depth += line.chars().map(c -> c == '{' ? 1 : c == '}' ? -1 : 0).sum();
      at = end + 1;
    }
    return Math.min(at - 1, text.length() - 1);
  }
}
