import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Checks or applies google-java-format: `java Format.java FORMATTER_JAR STAMP check|apply`,
/// started by the build in the project's root. Files older than the stamp of the last clean run are
/// not read again.
final class Format {
  private static final Set<String> SKIPPED = Set.of("target", ".git", ".idea", ".vscode");

  private Format() {}

  public static void main(String[] args) throws Exception {
    var formatter = Path.of(args[0]);
    var stamp = Path.of(args[1]);
    boolean apply = args[2].equals("apply");
    var started = FileTime.fromMillis(System.currentTimeMillis());

    var since = apply || !Files.exists(stamp) ? FileTime.fromMillis(0) : time(stamp);
    if (time(formatter).compareTo(since) > 0) {
      since = FileTime.fromMillis(0); // another version may judge otherwise
    }
    var sources = new ArrayList<String>();
    collect(Path.of(""), since, sources);

    int status = sources.isEmpty() ? 0 : run(formatter, apply, sources);
    if (status != 0) {
      System.err.println("error: the files above are not formatted");
      System.err.println("hint: mvn -q -N verify -Dformat=apply");
      System.exit(1);
    }
    Files.writeString(stamp, "");
    Files.setLastModifiedTime(stamp, started);
  }

  private static void collect(Path folder, FileTime since, List<String> found) throws IOException {
    try (var entries = Files.newDirectoryStream(folder)) {
      for (var entry : entries) {
        var name = entry.getFileName().toString();
        if (Files.isDirectory(entry)) {
          if (!SKIPPED.contains(name)) {
            collect(entry, since, found);
          }
        } else if (name.endsWith(".java") && time(entry).compareTo(since) >= 0) {
          found.add(entry.toString());
        }
      }
    }
  }

  private static FileTime time(Path file) throws IOException {
    return Files.getLastModifiedTime(file);
  }

  /// The formatter ends its process, so it gets one of its own, with the flags of ours.
  private static int run(Path formatter, boolean apply, List<String> sources) throws Exception {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> flag.startsWith("-XX") || flag.startsWith("--add-exports"))
            .toList());
    command.add("-jar");
    command.add(formatter.toString());
    command.addAll(apply ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    var names = Files.createTempFile("format", ".txt");
    try {
      Files.write(names, sources);
      command.add("@" + names);
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } finally {
      Files.delete(names);
    }
  }
}
