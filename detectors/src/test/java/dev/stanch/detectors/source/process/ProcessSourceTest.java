package dev.stanch.detectors.source.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stanch.detectors.model.Location;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.Chunk;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.SourceSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes as the kernel shows them, in a made-up `/proc`.
final class ProcessSourceTest {
  @TempDir private Path proc;

  @BeforeEach
  void makeSelf() throws IOException {
    Files.createDirectory(proc.resolve("self"));
  }

  private Path process(int id, String environment, String commandLine) throws IOException {
    Path folder = Files.createDirectory(proc.resolve(String.valueOf(id)));
    Files.writeString(folder.resolve("environ"), environment);
    Files.writeString(folder.resolve("cmdline"), commandLine);
    return folder;
  }

  private static final class Seen implements SourceSink {
    final List<Chunk> chunks = new ArrayList<>();
    final List<Skip> skips = new ArrayList<>();

    @Override
    public void chunk(Chunk chunk) {
      chunks.add(chunk);
    }

    @Override
    public void skip(Skip skip) {
      skips.add(skip);
    }

    String text(int chunk) throws IOException {
      try (var in = chunks.get(chunk).open()) {
        return new String(in.readAllBytes(), UTF_8);
      }
    }

    Place at(String text, String piece) {
      int at = text.indexOf(piece);
      String before = text.substring(0, at);
      int line = (int) before.chars().filter(one -> one == '\n').count() + 1;
      int column = at - before.lastIndexOf('\n');
      return chunks
          .getFirst()
          .places(new Location(line, column, line, column + piece.length(), at), List.of())
          .getFirst();
    }
  }

  private static Seen seen(ProcessSource source) throws SourceException, InterruptedException {
    var seen = new Seen();
    source.enumerate(seen);
    return seen;
  }

  @Test
  void namesTheVariableThatHoldsAText() throws Exception {
    process(12, "PATH=/bin\0NOTE=two\nlines\0KEY=value=1\0", "/usr/bin/python3\0app.py\0");
    var seen = seen(ProcessSource.of(proc, List.of(12L)));
    String text = seen.text(0);
    assertThat(text)
        .isEqualTo("PATH=/bin\nNOTE=two\nlines\nKEY=value=1\n/usr/bin/python3 app.py\n");
    assertThat(seen.at(text, "value=1"))
        .satisfies(
            place -> {
              assertThat(place.provenance().kind()).isEqualTo("process");
              assertThat(place.provenance().container()).isEqualTo("process:12");
              assertThat(place.provenance().path()).isEqualTo("KEY");
              assertThat(place.location()).isEqualTo(new Location(1, 5, 1, 12, 4));
            });
    assertThat(seen.at(text, "lines"))
        .satisfies(
            place -> {
              assertThat(place.provenance().path()).isEqualTo("NOTE");
              assertThat(place.location()).isEqualTo(new Location(2, 1, 2, 6, 9));
            });
    assertThat(seen.at(text, "app.py").provenance().path()).isEqualTo("command line");
  }

  @Test
  void takesNoArgumentOfARewrittenCommandLineForTheProgram() throws Exception {
    process(9, "A=b\0", "/opt/chat/chat --proxy=http://ann:word@proxy.example/x\0\0\0");
    var seen = seen(ProcessSource.of(proc, List.of(9L)));
    assertThat(((Provenance.Setting) seen.chunks.getFirst().provenance()).details())
        .isEqualTo(Map.of("program", "chat"));
  }

  @Test
  void tellsProgramAndContainer() throws Exception {
    String id = "0123456789abcdef".repeat(4);
    int process = 7;
    for (String group :
        List.of(
            "0::/system.slice/docker-" + id + ".scope\n",
            "12:pids:/docker/" + id + "\n0::/docker/" + id + "\n",
            "0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-" + id + ".scope\n",
            "0::/machine.slice/libpod-" + id + ".scope/container\n")) {
      Path folder = process(process, "A=b\0", "/opt/app server\0--port\0");
      Files.writeString(folder.resolve("cgroup"), group);
      var seen = seen(ProcessSource.of(proc, List.of((long) process)));
      assertThat(((Provenance.Setting) seen.chunks.getFirst().provenance()).details())
          .isEqualTo(Map.of("program", "app server", "container", "0123456789ab"));
      process++;
    }
  }

  @Test
  void quotesArgumentsThatHoldSpaces() throws Exception {
    process(7, "", "curl\0-H\0Authorization: Basic x\0");
    assertThat(seen(ProcessSource.of(proc, List.of(7L))).text(0))
        .isEqualTo("curl -H 'Authorization: Basic x'\n");
  }

  @Test
  void readsAllButItselfAndTellsWhatIsClosedTogether() throws Exception {
    process(1, "A=1\0", "one\0");
    process(2, "A=2\0", "two\0");
    process(3, "", ""); // a thread of the kernel
    var closed = new ArrayList<Path>();
    for (int id : new int[] {4, 5, 6, 8}) {
      closed.add(process(id, "A=hidden\0", "daemon\0").resolve("environ"));
    }
    for (Path file : closed) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    }
    assumeThat(Files.isReadable(closed.getFirst())).as("root reads everything").isFalse();
    var seen = seen(ProcessSource.allBut(proc, 2));
    assertThat(seen.chunks)
        .extracting(chunk -> chunk.provenance().container())
        .containsExactly("process:1", "process:4", "process:5", "process:6", "process:8");
    assertThat(seen.skips)
        .singleElement()
        .satisfies(
            skip -> {
              assertThat(skip.path()).isEqualTo("4 processes (4, 5, 6, …)");
              assertThat(skip.reason()).startsWith("permission denied");
            });
  }

  @Test
  void takesAnEndedProcessForNoFault() throws Exception {
    process(1, "A=1\0", "one\0");
    Files.createDirectory(proc.resolve("9")); // ended between the listing and the reading
    var seen = seen(ProcessSource.allBut(proc, 2));
    assertThat(seen.chunks).hasSize(1);
    assertThat(seen.skips).isEmpty();
  }

  @Test
  void saysWhichProcessIsNotThere() {
    assertThatThrownBy(() -> seen(ProcessSource.of(proc, List.of(77L))))
        .isInstanceOf(SourceException.class)
        .hasMessage("no such process: 77");
  }

  @Test
  void saysThatOtherSystemsShowNoProcesses() {
    assertThatThrownBy(() -> seen(ProcessSource.allBut(proc.resolve("none"), 1)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("cannot be read");
  }
}
