package dev.stanch.revokers.advice;

import java.util.BitSet;
import java.util.List;

/// Which steps of a workflow use the token: those that are handed it, and those with which it stays
/// since it is set for all of a job, or since one before them logged in with it.
final class TokenSteps {
  private final Script script;
  private final Workflow workflow;
  private final Holders holders;

  /// The lines, from 1, where whatever runs has it without being handed it.
  private final BitSet byAny = new BitSet();

  /// Those where git has it.
  private final BitSet byGit = new BitSet();

  TokenSteps(Script script, Holders holders) {
    this.script = script;
    this.workflow = script.shell().workflow();
    this.holders = holders;
    for (Workflow.Login login : workflow.logins()) {
      if (holders.handedByStep(script, login.step()) == Holders.Handed.OURS) {
        byGit.set(login.behind(), login.end() + 1);
        if (login.all()) {
          byAny.set(login.behind(), login.end() + 1);
        }
      }
    }
    if (holders.isNamedIn(script.path(), workflow.outside()) || holders.isHeldBy(".npmrc")) {
      byAny.set(0, workflow.lines() + 1);
      byGit.set(0, workflow.lines() + 1);
    }
  }

  /// Whether a command of it is run with the token.
  boolean run(Command command) {
    BitSet with = command.program().equals("git") ? byGit : byAny;
    return isOurs(workflow.step(command.line()), with.get(command.line()));
  }

  /// The actions that are run with it.
  List<Workflow.Action> actions() {
    return workflow.actions().stream()
        .filter(each -> isOurs(each.step(), byAny.get(each.line())))
        .toList();
  }

  private boolean isOurs(Workflow.Step step, boolean kept) {
    return switch (holders.handedByStep(script, step)) {
      case OURS -> true;
      case ANOTHER, EITHER -> false;
      case NONE -> kept;
    };
  }
}
