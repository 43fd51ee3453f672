import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/// Makes what people install, in dist/target: an archive for this machine's system with a run time
/// of its own and the caches that make it start at once, and a zip for any JDK.
///
/// But for the caches (`lib/*.aot`), which the JVM never writes twice alike, two runs make the same
/// bytes.
///
/// Arguments: the version, the time of all files, the root of the sources.
final class Archives {
  /// What the application's jars need, as `jdeps --print-module-deps` tells, but for what libraries
  /// can do without (java.desktop for java.beans, java.compiler), and what is found by name at run
  /// time: zip files as file systems, DNS, elliptic curves of TLS.
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.security.jgss",
          "java.sql",
          "jdk.crypto.ec",
          "jdk.security.auth",
          "jdk.unsupported",
          "jdk.zipfs");

  private final String version;
  private final Instant time;
  private final Path root;
  private final Path target;

  private Archives(String version, Instant time, Path root) {
    this.version = version;
    this.time = time;
    this.root = root;
    this.target = root.resolve("dist/target");
  }

  public static void main(String[] args) throws Exception {
    new Archives(args[0], Instant.parse(args[1]), Path.of(args[2]).toRealPath()).make();
  }

  private void make() throws Exception {
    boolean windows = system().startsWith("windows");
    Path portable = fresh("stanch-" + version);
    common(portable);
    write(portable.resolve("stanch"), portableLauncher(), "rwxr-xr-x");
    write(portable.resolve("stanch.cmd"), windowsLauncher(), "rw-r--r--");
    date(portable);
    var made = new ArrayList<Path>();
    made.add(zip(portable, target.resolve("stanch-" + version + "-any-jdk25.zip")));

    Path whole = fresh("stanch-" + version + "-" + system());
    common(whole);
    runTime(whole.resolve("runtime"));
    if (windows) {
      write(whole.resolve("stanch.cmd"), windowsLauncher(), "rw-r--r--");
      date(whole);
      made.add(zip(whole, target.resolve(whole.getFileName() + ".zip")));
    } else {
      write(whole.resolve("stanch"), launcher(), "rwxr-xr-x");
      date(whole); // the caches know the jars by their times
      train(whole);
      date(whole);
      made.add(tar(whole, target.resolve(whole.getFileName() + ".tar.gz")));
    }
    var sums = new StringBuilder();
    for (Path file : made) {
      sums.append(digest(file)).append("  ").append(file.getFileName()).append('\n');
    }
    Files.writeString(target.resolve("SHA256SUMS"), sums);
    Files.writeString(target.resolve("jdk"), "JAVA_HOME=" + System.getProperty("java.home") + "\n");
  }

  /// As archives are named: `linux-x64`, `macos-arm64`.
  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    return (name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "macos" : name)
        + "-"
        + (processor.equals("amd64") || processor.equals("x86_64")
            ? "x64"
            : processor.equals("aarch64") ? "arm64" : processor);
  }

  private Path fresh(String name) throws IOException {
    Path folder = target.resolve(name);
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    return Files.createDirectories(folder);
  }

  // ---- what both have

  private void common(Path folder) throws Exception {
    Path lib = Files.createDirectories(folder.resolve("lib"));
    copy(root.resolve("cli/target/stanch.jar"), lib.resolve("stanch.jar"));
    for (String module : List.of("detectors", "revokers", "cli")) {
      copy(
          root.resolve(module + "/target/" + module + "-" + version + ".jar"),
          lib.resolve(module + ".jar"));
    }
    Path tables = Files.createDirectories(lib.resolve("tables"));
    Path built = root.resolve("detectors/target/classes/dev/stanch/detectors");
    for (String part : List.of("rule", "scan")) {
      try (var files = Files.newDirectoryStream(built.resolve(part), "*.bin")) {
        for (Path file : files) {
          copy(file, tables.resolve(file.getFileName()));
        }
      }
    }
    for (String table : List.of("generic-model.tsv", "datastores.tsv")) {
      copy(built.resolve(table), tables.resolve(table));
    }
    for (String text : List.of("LICENSE", "README.md", "CHANGELOG.md")) {
      copy(root.resolve(text), folder.resolve(text));
    }
    copy(target.resolve("sbom.cdx.json"), folder.resolve("sbom.cdx.json"));
    write(folder.resolve("THIRD-PARTY"), notices(), "rw-r--r--");
    ours(lib, "generate", "man", "--output", folder.resolve("man/man1").toString());
    Path completions = folder.resolve("completions");
    for (Map.Entry<String, String> shell :
        Map.of("bash", "stanch.bash", "zsh", "_stanch", "fish", "stanch.fish").entrySet()) {
      String script = ours(lib, "generate", shell.getKey());
      write(completions.resolve(shell.getValue()), script, "rw-r--r--");
    }
  }

  /// Whose work is in it, under which licences, as the bill of materials has it.
  private String notices() throws IOException {
    var lines = new TreeSet<String>();
    JsonNode bill = new ObjectMapper().readTree(target.resolve("sbom.cdx.json").toFile());
    for (JsonNode component : bill.path("components")) {
      if (component.path("group").asText().equals("dev.stanch")) {
        continue;
      }
      var licences = new TreeSet<String>();
      for (JsonNode each : component.path("licenses")) {
        JsonNode licence = each.path("license");
        licences.add(
            licence.has("id")
                ? licence.path("id").asText()
                : licence.path("name").asText(each.path("expression").asText()));
      }
      lines.add(
          component.path("group").asText()
              + ":"
              + component.path("name").asText()
              + " "
              + component.path("version").asText()
              + ": "
              + (licences.isEmpty() ? "see its page" : String.join(", ", licences)));
    }
    return """
    Stanch holds these libraries; their notices and licences are under META-INF in lib/stanch.jar, those of
    the run time under runtime/legal. lib/stanch.jar also holds picocli (info.picocli, Apache-2.0), compiled
    from its released sources.

    """
        + String.join("\n", lines)
        + "\n";
  }

  private String ours(Path lib, String... arguments) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                lib.resolve("stanch.jar").toString(),
                "dev.stanch.cli.Main"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", arguments) + " ended with " + process.exitValue());
    }
    return said;
  }

  // ---- launchers: ./stanch without what it needs in a checkout alone

  private String launcher() throws IOException {
    return cut(cut(Files.readString(root.resolve("stanch")), "sources"), "jdk")
        .replace(
            "quiet_java\nmode \"$@\"\n",
            "java=$here/runtime/bin/java dir=$here/lib\nquiet_java\nmode \"$@\"\n")
        .replaceFirst(
            "(?m)^# Runs Stanch from a checkout.*$", "# Runs Stanch with its own run time.")
        .replaceFirst("(?m)^# Packages are made of.*\\n", "");
  }

  private String portableLauncher() throws IOException {
    return cut(Files.readString(root.resolve("stanch")), "sources")
        .replace(
            "quiet_java\nmode \"$@\"\n",
            "needed=java\nfind_jdk\njava=$jdk/bin/java dir=$here/lib\nquiet_java\nmode \"$@\"\n")
        .replaceFirst(
            "(?m)^# Runs Stanch from a checkout.*$", "# Runs Stanch with a JDK 25 of this machine.")
        .replaceFirst("(?m)^# (?:Packages are made of.*|[\\[\\]]jdk)\\n", "");
  }

  /// The text without the parts between `# [name` and `# ]name`.
  private static String cut(String text, String name) {
    Matcher part =
        Pattern.compile("(?ms)^# \\[" + name + "\\n.*?^# \\]" + name + "\\n").matcher(text);
    String rest = part.replaceAll("");
    if (rest.equals(text) || rest.contains("[" + name)) {
      throw new IllegalStateException("./stanch has no part " + name);
    }
    return rest;
  }

  private static String windowsLauncher() {
    return """
    @echo off
    rem Runs Stanch with its own run time, or else with a JDK 25 of this machine.
    setlocal
    set "here=%~dp0"
    set "java=java"
    if defined JAVA_HOME set "java=%JAVA_HOME%\\bin\\java"
    if exist "%here%runtime\\bin\\java.exe" set "java=%here%runtime\\bin\\java"
    set "STANCH_COMMAND=%~f0"
    set "lib=%here%lib"
    "%java%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx320m --enable-native-access=ALL-UNNAMED ^
      --sun-misc-unsafe-memory-access=allow %STANCH_JAVA_OPTS% "-Dstanch.tables=%lib%\\tables" ^
      -cp "%lib%\\detectors.jar;%lib%\\cli.jar;%lib%\\revokers.jar;%lib%\\stanch.jar" dev.stanch.cli.Main %*
    exit /b %ERRORLEVEL%
    """
        .replace("\n", "\r\n");
  }

  // ---- run time and caches

  private void runTime(Path folder) {
    int status =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new IllegalStateException("this JDK has no jlink"))
            .run(
                System.out,
                System.err,
                "--add-modules",
                String.join(",", MODULES),
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--compress",
                "zip-6",
                "--output",
                folder.toString());
    if (status != 0) {
      throw new IllegalStateException("jlink ended with " + status);
    }
  }

  /// Runs the packaged command as it will be run, and keeps the classes that it loads.
  private void train(Path folder) throws Exception {
    Path script = target.resolve("train.sh");
    Path state = target.resolve("train-state");
    Files.writeString(
        script,
        """
        set -eu
        here=$1 dir=$2 command=$3
        digest() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; }
        # Findings are no failure here.
        record() { STANCH_RECORD=1 "$command" "$@" >/dev/null 2>&1 </dev/null || :; }
        . "$here/.mvn/train.sh"
        """);
    var builder =
        new ProcessBuilder(
                "sh",
                script.toString(),
                root.toString(),
                folder.resolve("lib").toString(),
                folder.resolve("stanch").toString())
            .inheritIO();
    builder.environment().put("XDG_STATE_HOME", state.toString());
    if (builder.start().waitFor() != 0) {
      throw new IOException("the training of the caches failed");
    }
    for (String cache : List.of("hook", "configured", "git", "dir", "act", "short")) {
      if (!Files.isRegularFile(folder.resolve("lib/" + cache + ".aot"))) {
        throw new IOException("the training left no " + cache + ".aot");
      }
    }
  }

  // ---- files

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    permit(to, "rw-r--r--");
  }

  private static void write(Path file, String text, String mode) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    permit(file, mode);
  }

  private static void permit(Path file, String mode) throws IOException {
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
  }

  private void date(Path folder) throws IOException {
    for (Path file : inside(folder)) {
      if (!Files.isSymbolicLink(file)) {
        Files.setLastModifiedTime(file, FileTime.from(time));
      }
    }
  }

  /// Everything in a folder and itself, in an order that no file system chooses.
  private static List<Path> inside(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted(Comparator.comparing(Path::toString)).toList();
    }
  }

  private Path tar(Path folder, Path archive) throws IOException {
    var parameters = new GzipParameters();
    parameters.setCompressionLevel(Deflater.DEFAULT_COMPRESSION);
    parameters.setModificationInstant(Instant.EPOCH);
    try (OutputStream out = Files.newOutputStream(archive);
        var packed = new GzipCompressorOutputStream(out, parameters);
        var tar = new TarArchiveOutputStream(packed, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Path file : inside(folder)) {
        String name = name(folder, file);
        TarArchiveEntry entry;
        if (Files.isSymbolicLink(file)) {
          entry = new TarArchiveEntry(name, TarArchiveEntry.LF_SYMLINK);
          entry.setLinkName(Files.readSymbolicLink(file).toString());
        } else {
          boolean directory = Files.isDirectory(file);
          entry = new TarArchiveEntry(directory ? name + "/" : name);
          entry.setMode(directory || Files.isExecutable(file) ? 0755 : 0644);
          entry.setSize(directory ? 0 : Files.size(file));
        }
        entry.setModTime(FileTime.from(time));
        tar.putArchiveEntry(entry);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.copy(file, tar);
        }
        tar.closeArchiveEntry();
      }
    }
    return archive;
  }

  private Path zip(Path folder, Path archive) throws IOException {
    var local = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    try (var zip = new ZipArchiveOutputStream(archive)) {
      for (Path file : inside(folder)) {
        boolean directory = Files.isDirectory(file);
        var entry = new ZipArchiveEntry(name(folder, file) + (directory ? "/" : ""));
        entry.setTimeLocal(local);
        entry.setUnixMode(directory ? 040755 : Files.isExecutable(file) ? 0100755 : 0100644);
        zip.putArchiveEntry(entry);
        if (!directory) {
          Files.copy(file, zip);
        }
        zip.closeArchiveEntry();
      }
    }
    return archive;
  }

  private static String name(Path folder, Path file) {
    return folder.getParent().relativize(file).toString().replace('\\', '/');
  }

  private static String digest(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (var in = Files.newInputStream(file)) {
        byte[] buffer = new byte[1 << 20];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          digest.update(buffer, 0, read);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
