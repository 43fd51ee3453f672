package dev.stanch.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/// The commands below another one, each made only when a command line may mean it: picocli reads
/// their options by reflection, and to read them all takes longer than most commands run.
public final class Subcommands {
  private final Map<String, Function<Wiring, Object>> makers = new LinkedHashMap<>();

  /// None yet.
  public Subcommands() {}

  /// Adds the command of this name; what is made may be a command or a command line with more
  /// below.
  public Subcommands with(String name, Function<Wiring, Object> maker) {
    makers.put(name, maker);
    return this;
  }

  /// Puts below `parent` the command that `arguments` begin with, or all of them if they begin with
  /// anything else: help and suggestions name them all.
  public CommandLine below(CommandLine parent, Wiring wiring, List<String> arguments) {
    var named = arguments.isEmpty() ? null : makers.get(arguments.getFirst());
    var wanted = named == null ? makers.values() : List.of(named);
    wanted.forEach(maker -> parent.addSubcommand(maker.apply(wiring)));
    return parent;
  }
}
