package dev.stanch.revokers.advice;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a file of lines runs: its commands, the functions that they may be, the files that it reads
/// on, and the containers that it describes. Each is read when it is first asked for.
final class Shell {
  private final String text;
  private @Nullable List<Command> commands;
  private @Nullable Remotes remotes;
  private @Nullable Functions functions;
  private @Nullable Set<String> sourced;
  private @Nullable List<Containers.Container> containers;
  private @Nullable Workflow workflow;

  Shell(String text) {
    this.text = text;
  }

  /// The command lines in it.
  List<Command> commands() {
    if (commands == null) {
      commands = List.copyOf(Command.in(text));
    }
    return commands;
  }

  /// The remotes of git in it.
  ///
  /// @param ofSteps whether it is a workflow
  Remotes remotes(boolean ofSteps) {
    if (remotes == null) {
      remotes = ofSteps ? Remotes.of(commands(), workflow()) : Remotes.of(commands());
    }
    return remotes;
  }

  /// The functions that it defines.
  Functions functions() {
    if (functions == null) {
      functions = Functions.in(text);
    }
    return functions;
  }

  /// The names of the files that it reads as a shell does.
  Set<String> sourced() {
    if (sourced == null) {
      sourced = Functions.sourced(text);
    }
    return sourced;
  }

  /// The containers that it describes.
  List<Containers.Container> containers() {
    if (containers == null) {
      containers = List.copyOf(Containers.in(text));
    }
    return containers;
  }

  /// Its steps, for a workflow.
  Workflow workflow() {
    if (workflow == null) {
      workflow = new Workflow(text);
    }
    return workflow;
  }
}
