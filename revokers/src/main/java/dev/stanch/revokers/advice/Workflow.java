package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.stanch.revokers.spi.Advice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The steps of a workflow of GitHub Actions, and what of them stands there whatever token is asked
/// about. Lines are counted from 1.
final class Workflow {
  private static final int LONGEST_STEP = 200;
  private static final Pattern ACTION =
      Pattern.compile("^\\s*(?:-\\s+)?uses:\\s*[\"']?([\\w./-]+)@");

  /// What makes a token stay for the steps behind.
  private static final Pattern LOGIN =
      Pattern.compile(
          "uses:|login|set-url|insteadOf|credential|netrc|npmrc|_authToken|git config|GITHUB_ENV");

  /// The action that leaves its token to git, and to nothing else.
  private static final String CHECKOUT = "actions/checkout";

  private final List<String> lines;
  private final Map<Integer, Step> byBegin = new HashMap<>();
  private final List<Login> logins = new ArrayList<>();
  private final List<Action> actions = new ArrayList<>();
  private final String outside;

  /// A step.
  ///
  /// @param before how many lines there are before it
  record Step(int before, String text, List<Script.Assignment> settings) {}

  /// A step that may make its token stay for others.
  ///
  /// @param behind the first line behind it
  /// @param end the last line of its job
  /// @param all whether what stays is for whatever runs there, not for git alone
  record Login(Step step, int behind, int end, boolean all) {}

  /// A line of a step that names an action.
  record Action(String name, int line, Step step) {}

  Workflow(String text) {
    this.lines = text.lines().toList();
    var rest = new StringBuilder();
    for (int i = 0; i < lines.size(); ) {
      if (lines.get(i).strip().startsWith("- ")) {
        Step step = step(i + 1);
        int behind = i + (int) step.text().lines().count();
        if (LOGIN.matcher(step.text()).find()) {
          int end = endOfJob(behind, indent(lines.get(i)));
          logins.add(new Login(step, behind, end, !step.text().contains(CHECKOUT)));
        }
        i = behind;
      } else {
        rest.append(lines.get(i++)).append('\n');
      }
    }
    this.outside = rest.toString();
    for (int i = 0; i < lines.size(); i++) {
      Matcher action = ACTION.matcher(lines.get(i));
      if (action.find()) {
        actions.add(new Action(action.group(1), i + 1, step(i + 1)));
      }
    }
  }

  /// Whether a file is one, or an action made of such steps.
  static boolean is(Script script) {
    String path = "/" + script.path();
    return path.contains("/.github/workflows/")
        || path.endsWith("/action.yml")
        || path.endsWith("/action.yaml");
  }

  /// What a workflow grants the job's own token says what the job does, where nothing else does.
  static List<Found> declared(Script script, List<Book.Rule> rules) {
    var found = new ArrayList<Found>();
    List<String> lines = script.text().lines().toList();
    for (Book.Rule rule : rules) {
      for (int i = 0; rule.declared() != null && i < lines.size(); i++) {
        Matcher matcher = rule.declared().matcher(lines.get(i));
        if (matcher.find()) {
          var permissions = new ArrayList<String>();
          for (String permission : rule.permissions()) {
            permissions.add(
                permission
                    .replace("{1}", matcher.group(1).replace('-', '_'))
                    .replace("{2}", matcher.group(2)));
          }
          var use = new Advice.Use(script.path(), i + 1, "permissions");
          found.add(new Found("", permissions, "", Found.Told.OWN, use, null, ""));
        }
      }
    }
    return found;
  }

  /// How many lines it has.
  int lines() {
    return lines.size();
  }

  List<Login> logins() {
    return logins;
  }

  List<Action> actions() {
    return actions;
  }

  /// What is in no step.
  String outside() {
    return outside;
  }

  /// How many lines there are before what no longer belongs to the steps of a job.
  private int endOfJob(int from, int indent) {
    int end = from;
    while (end < lines.size() && (lines.get(end).isBlank() || indent(lines.get(end)) >= indent)) {
      end++;
    }
    return end;
  }

  /// The step that a line is of.
  Step step(int line) {
    int start = line - 1;
    int first = Math.max(0, start - LONGEST_STEP);
    while (start > first && !lines.get(start).strip().startsWith("- ")) {
      start--;
    }
    return byBegin.computeIfAbsent(start, this::stepFrom);
  }

  private Step stepFrom(int start) {
    int indent = indent(lines.get(start));
    int end = start + 1;
    while (end < lines.size()
        && end < start + 2 * LONGEST_STEP
        && (lines.get(end).isBlank() || indent(lines.get(end)) > indent)) {
      end++;
    }
    String text = String.join("\n", lines.subList(start, end));
    return new Step(start, text, Settings.of(text));
  }

  private static int indent(String line) {
    int indent = 0;
    while (indent < line.length() && line.charAt(indent) == ' ') {
      indent++;
    }
    return indent;
  }
}
