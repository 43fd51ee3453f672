package dev.stanch.revokers.advice;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the uses that are command lines: those of scripts, and those that code runs.
final class CommandFinder {
  /// Calls that run a command.
  private static final Set<String> RUNNERS =
      Set.of(
          "run",
          "call",
          "check_call",
          "check_output",
          "Popen",
          "popen",
          "system",
          "exec",
          "execSync",
          "spawn",
          "spawnSync",
          "execFile",
          "execFileSync",
          "getoutput",
          "sh",
          "execa");

  private final Uses uses;
  private final Constants constants;
  private final Holders holders;
  private final RequestFinder requests;
  private final Fitting fitting;

  CommandFinder(
      Uses uses, Constants constants, Holders holders, RequestFinder requests, Fitting fitting) {
    this.uses = uses;
    this.constants = constants;
    this.holders = holders;
    this.requests = requests;
    this.fitting = fitting;
  }

  /// Finds those that a command is.
  ///
  /// @param remotes the addresses of git's remotes by their names
  void find(Script script, Command command, Map<String, String> remotes, Set<Found> found) {
    Holders.Handed handed = holders.profiles().of(script, command);
    if (handed == Holders.Handed.ANOTHER
        || requests.find(script, command, remotes, found)
        || uses.isSilent(command)) {
      return;
    }
    var here = new LinkedHashSet<Found>();
    Fitting.first(
        uses.ofCommand(command.words().getFirst()),
        rule -> {
          for (String each : rule.commands()) {
            Optional<Integer> behind = command.behind(List.of(each.split(" ", -1)));
            if (behind.isPresent()) {
              return fitting.ofCommand(rule, script, command, each, behind.get());
            }
          }
          return List.of();
        },
        here);
    found.addAll(handed == Holders.Handed.EITHER ? Found.untied(here) : here);
  }

  /// Finds those that a call runs.
  void find(Script script, Script.Call call, Set<Found> found) {
    if (RUNNERS.contains(call.name())) {
      constants.each(
          () -> run(script, call).forEach(command -> find(script, command, Map.of(), found)));
    }
  }

  /// The commands that a call runs.
  private List<Command> run(Script script, Script.Call call) {
    int line = script.line(call.at());
    String first = call.positional(0).orElse("").strip();
    var words = new ArrayList<String>();
    if (first.startsWith("[")) {
      words.addAll(listed(script, first));
    } else if (constants.value(script.path(), first)
        instanceof Constants.Value.Known(String text)) {
      String second = call.positional(1).orElse("").strip();
      if (!second.startsWith("[")) {
        return Command.in(line, text);
      }
      words.add(text);
      words.addAll(listed(script, second));
    }
    return words.isEmpty() ? List.of() : List.of(new Command(line, "", words));
  }

  /// The words of a command that is a list in code; `~` for one that nobody knows.
  private List<String> listed(Script script, String list) {
    String inside = list.endsWith("]") ? list.substring(1, list.length() - 1) : list.substring(1);
    var words = new ArrayList<String>();
    for (String each : Texts.split(inside, ",")) {
      if (!each.isEmpty()) {
        words.add(
            constants.value(script.path(), each) instanceof Constants.Value.Known(String word)
                ? word
                : "~");
      }
    }
    return words;
  }
}
