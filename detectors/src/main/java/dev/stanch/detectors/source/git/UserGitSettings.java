package dev.stanch.detectors.source.git;

import java.io.File;
import java.util.Map;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/// The user's and the machine's git configuration, as these variables place them; nothing is asked
/// of a git program, and nothing is written.
final class UserGitSettings extends SystemReader.Delegate {
  private final SystemReader original;
  private final Map<String, String> environment;

  private UserGitSettings(SystemReader original, Map<String, String> environment) {
    super(original);
    this.original = original;
    this.environment = environment;
  }

  /// Lets JGit, which asks one reader for the whole process, see these variables.
  static void use(Map<String, String> environment) {
    SystemReader now = SystemReader.getInstance();
    SystemReader.setInstance(
        new UserGitSettings(
            now instanceof UserGitSettings earlier ? earlier.original : now, environment));
  }

  @Override
  public @Nullable String getenv(String variable) {
    // JGit would run this program by its own rules: see SshProgram.
    return variable.equals("GIT_SSH") ? null : environment.get(variable);
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS files) {
    String named = environment.get("GIT_CONFIG_GLOBAL");
    File file =
        named != null
            ? new File(named)
            : new File(environment.getOrDefault("HOME", ""), ".gitconfig");
    return new ReadOnly(parent, file, files);
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS files) {
    return new ReadOnly(
        parent,
        new File(environment.containsKey("GIT_CONFIG_NOSYSTEM") ? "/dev/null" : "/etc/gitconfig"),
        files);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS files) {
    return new ReadOnly(parent, new File("/dev/null"), files);
  }

  /// A configuration that JGit may read and not write.
  private static final class ReadOnly extends FileBasedConfig {
    ReadOnly(Config parent, File file, FS files) {
      super(parent, file, files);
    }

    @Override
    public void save() {}
  }
}
