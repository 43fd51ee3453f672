package dev.stanch.cli.command;

/// The hooks of git that look for tokens.
enum HookType {
  /// Before a commit is made: what is staged.
  PRE_COMMIT(
      "pre-commit",
      "commit",
      "scan git --staged",
      "take it out and 'git add' again",
      "'git commit --no-verify' commits unseen"),
  /// Before a push leaves: what the remote has not.
  PRE_PUSH(
      "pre-push",
      "push",
      "scan git --quiet --pre-push=\"$1\"",
      "rewrite the commits without it (git commit --amend, git rebase -i)",
      "'git push --no-verify' pushes unseen"),
  /// Before a server takes a push: what it has in no ref.
  PRE_RECEIVE(
      "pre-receive",
      "push",
      "scan git --quiet --pre-receive",
      "rewrite the commits without it (git commit --amend, git rebase -i) and push again",
      "whoever keeps this server can put it right");

  private final String file;
  private final String act;
  private final String scan;
  private final String remedy;
  private final String wayOut;

  HookType(String file, String act, String scan, String remedy, String wayOut) {
    this.file = file;
    this.act = act;
    this.scan = scan;
    this.remedy = remedy;
    this.wayOut = wayOut;
  }

  /// The name of its file.
  String file() {
    return file;
  }

  /// What it stops: a commit or a push.
  String act() {
    return act;
  }

  /// The arguments of the scan, as a shell reads them.
  String scan() {
    return scan;
  }

  /// What takes a token out of what was stopped.
  String remedy() {
    return remedy;
  }

  /// What to do where nobody could look.
  String wayOut() {
    return wayOut;
  }

  /// Whether git tells it on standard input what it is about.
  boolean reads() {
    return this != PRE_COMMIT;
  }

  @Override
  public String toString() {
    return file;
  }
}
