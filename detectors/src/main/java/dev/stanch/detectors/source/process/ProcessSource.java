package dev.stanch.detectors.source.process;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.SettingsChunk;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.SourceSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Environments and command lines of processes, as Linux shows them under `/proc`: those that a
/// process was started with, whatever it has set since. Values of processes of other users are
/// readable for root alone; they are skips, told together.
public final class ProcessSource implements Source {
  /// What stands for the scanner's own process in a container's name.
  public static final String SELF = "self";

  /// What the kernel itself holds in memory for one process, and more.
  private static final int LARGEST = 64 << 20;

  private static final int NAMED = 3;

  /// The id of a container in the path of a control group, as Docker, containerd, CRI-O and podman
  /// write it.
  private static final Pattern CONTAINER_ID =
      Pattern.compile("(?:^|[/:-])([0-9a-f]{64})(?:\\.scope)?(?:/|$)", Pattern.MULTILINE);

  private static final int SHORT_ID = 12;

  private final Path proc;
  private final Wanted wanted;

  /// Which processes.
  private sealed interface Wanted {
    /// These, each of which must be there.
    record These(List<Long> ids) implements Wanted {}

    /// All but one: a scanner does not look at itself.
    record AllBut(long self) implements Wanted {}
  }

  private ProcessSource(Path proc, Wanted wanted) {
    this.proc = requireNonNull(proc, "proc");
    this.wanted = wanted;
  }

  /// A source of these processes.
  ///
  /// @param proc the kernel's view of processes, `/proc`
  public static ProcessSource of(Path proc, List<Long> ids) {
    return new ProcessSource(proc, new Wanted.These(List.copyOf(ids)));
  }

  /// A source of all processes but `self`.
  ///
  /// @param proc the kernel's view of processes, `/proc`
  public static ProcessSource allBut(Path proc, long self) {
    return new ProcessSource(proc, new Wanted.AllBut(self));
  }

  /// A source of one environment that is in hand.
  public static Source ofEnvironment(Map<String, String> variables) {
    return new Source() {
      @Override
      public String label() {
        return "environment";
      }

      @Override
      public void enumerate(SourceSink sink) throws InterruptedException {
        var settings =
            new SettingsChunk.Builder(
                Provenance.Setting.Kind.PROCESS,
                container(SELF),
                Collections.unmodifiableSortedMap(new TreeMap<>()));
        new TreeMap<>(variables)
            .forEach((name, value) -> settings.add(name, value.getBytes(StandardCharsets.UTF_8)));
        if (!settings.isEmpty()) {
          sink.chunk(settings.build());
        }
      }
    };
  }

  private static String container(String process) {
    return "process:" + process;
  }

  @Override
  public String label() {
    return switch (wanted) {
      case Wanted.These(var ids) -> ids.size() == 1 ? "process " + ids.getFirst() : "processes";
      case Wanted.AllBut _ -> "all processes";
    };
  }

  @Override
  public void enumerate(SourceSink sink) throws SourceException, InterruptedException {
    if (!Files.isDirectory(proc.resolve("self"))) {
      throw new SourceException(
          "the processes of this system cannot be read",
          "only Linux shows them under /proc; scan env without options reads its own environment");
    }
    switch (wanted) {
      case Wanted.These(var ids) -> {
        for (long id : ids) {
          if (!Files.isDirectory(proc.resolve(String.valueOf(id)))) {
            throw new SourceException("no such process: " + id, "see ps for those that run");
          }
          read(id, sink).ifPresent(trouble -> sink.skip(skip(id, trouble)));
        }
      }
      case Wanted.AllBut(long self) -> all(self, sink);
    }
  }

  private void all(long self, SourceSink sink) throws SourceException, InterruptedException {
    var unread = new TreeMap<String, List<Long>>();
    for (long id : ids()) {
      if (id != self) {
        read(id, sink)
            .ifPresent(reason -> unread.computeIfAbsent(reason, _ -> new ArrayList<>()).add(id));
      }
    }
    unread.forEach(
        (reason, ids) ->
            sink.skip(
                ids.size() == 1
                    ? skip(ids.getFirst(), reason)
                    : new Skip(
                        Skip.Kind.SKIPPED,
                        container("*"),
                        ids.size() + " processes (" + named(ids) + ")",
                        reason)));
  }

  private static Skip skip(long id, String reason) {
    return new Skip(Skip.Kind.SKIPPED, container(String.valueOf(id)), "process " + id, reason);
  }

  /// The first of them, for a person who wants to look.
  private static String named(List<Long> ids) {
    String first = String.join(", ", ids.stream().limit(NAMED).map(String::valueOf).toList());
    return ids.size() > NAMED ? first + ", …" : first;
  }

  private List<Long> ids() throws SourceException {
    var ids = new ArrayList<Long>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path folder : folders) {
        ids.add(Long.parseLong(folder.getFileName().toString()));
      }
    } catch (IOException | NumberFormatException e) {
      throw new SourceException("cannot list the processes under " + proc, "is /proc mounted?", e);
    }
    Collections.sort(ids);
    return ids;
  }

  /// Hands over what a process was started with.
  ///
  /// @return why not; empty too when the process ended before it was read
  private Optional<String> read(long id, SourceSink sink) throws InterruptedException {
    Path folder = proc.resolve(String.valueOf(id));
    try {
      byte[] commandLine = bytes(folder.resolve("cmdline"));
      var settings =
          new SettingsChunk.Builder(
              Provenance.Setting.Kind.PROCESS,
              container(String.valueOf(id)),
              details(folder, commandLine));
      Optional<String> trouble = variables(folder, settings);
      if (commandLine.length > 0) {
        settings.add("command line", "", shown(commandLine));
      }
      if (!settings.isEmpty()) {
        sink.chunk(settings.build());
      }
      return trouble;
    } catch (IOException e) {
      return reason(e, folder);
    }
  }

  /// Takes the environment. A command line is readable for everyone, so that one that cannot be
  /// read does not keep the other.
  private static Optional<String> variables(Path folder, SettingsChunk.Builder into) {
    byte[] environment;
    try {
      environment = bytes(folder.resolve("environ"));
    } catch (IOException e) {
      return reason(e, folder);
    }
    int start = 0;
    while (start < environment.length) {
      int end = end(environment, start);
      int equals = start;
      while (equals < end && environment[equals] != '=') {
        equals++;
      }
      String name = new String(environment, start, equals - start, StandardCharsets.UTF_8);
      if (equals < end && !name.isBlank()) {
        into.add(name, Arrays.copyOfRange(environment, equals + 1, end));
      }
      start = end + 1;
    }
    Arrays.fill(environment, (byte) 0);
    return Optional.empty();
  }

  private static int end(byte[] text, int start) {
    int end = start;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return end;
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException("larger than " + LARGEST + " bytes");
      }
      return bytes;
    }
  }

  /// A process may end at any time, which leaves nothing to read and is nobody's fault.
  private static Optional<String> reason(IOException failure, Path folder) {
    return switch (failure) {
      case AccessDeniedException _ ->
          Optional.of("permission denied: only root reads processes of other users");
      case NoSuchFileException _ -> Optional.empty();
      default ->
          Files.isDirectory(folder)
              ? Optional.of("unreadable: " + failure.getClass().getSimpleName())
              : Optional.empty();
    };
  }

  private static SortedMap<String, String> details(Path folder, byte[] commandLine) {
    var details = new TreeMap<String, String>();
    int end = end(commandLine, 0);
    String program = new String(commandLine, 0, end, StandardCharsets.UTF_8);
    int rest = end;
    while (rest < commandLine.length && commandLine[rest] == 0) {
      rest++;
    }
    if (rest == commandLine.length) {
      // The only word may be a title that the program wrote over all of its arguments.
      program = program.split("\\s", 2)[0];
    }
    String name = program.substring(program.lastIndexOf('/') + 1);
    if (!name.isBlank()) {
      details.put("program", name);
    }
    container(folder).ifPresent(id -> details.put("container", id));
    return details;
  }

  private static Optional<String> container(Path folder) {
    try {
      Matcher id =
          CONTAINER_ID.matcher(new String(bytes(folder.resolve("cgroup")), StandardCharsets.UTF_8));
      return id.find() ? Optional.of(id.group(1).substring(0, SHORT_ID)) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static byte[] shown(byte[] commandLine) {
    var words = new ArrayList<String>();
    for (int start = 0; start < commandLine.length; start = end(commandLine, start) + 1) {
      words.add(
          new String(commandLine, start, end(commandLine, start) - start, StandardCharsets.UTF_8));
    }
    return SettingsChunk.commandLine(words).getBytes(StandardCharsets.UTF_8);
  }
}
