package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.rule.Probe;
import dev.stanch.detectors.rule.RuleTables;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Writes what the generic model is told of every candidate in a folder, for
/// `benchmarks/detection/fit.py`: path, first and last byte, features. The values themselves are
/// not written.
public final class FeatureDump {
  private static final int LARGEST = 8 << 20;

  private final Detector detector = new Detector(RuleTables.builtIn());
  private final AssignmentAnalyzer assignments = new AssignmentAnalyzer();

  private FeatureDump() {}

  /// Arguments: pairs of a folder and the file to write.
  public static void main(String[] args) throws IOException {
    var dump = new FeatureDump();
    for (int i = 0; i + 1 < args.length; i += 2) {
      Path root = Path.of(args[i]);
      try (Stream<Path> files = Files.walk(root);
          BufferedWriter out = Files.newBufferedWriter(Path.of(args[i + 1]))) {
        files
            .filter(Files::isRegularFile)
            .sorted()
            .forEach(file -> dump.file(root.relativize(file).toString(), file, out));
      }
    }
  }

  private void file(String path, Path file, BufferedWriter out) {
    try {
      if (Files.size(file) > LARGEST) {
        return;
      }
      byte[] text = Files.readAllBytes(file);
      PathJudge.Kind kind = PathJudge.kind(path);
      var lines = new ArrayList<String>();
      detector
          .automaton()
          .run(
              text,
              0,
              text.length,
              new Automaton.Lanes(),
              (keyword, start, end) -> {
                for (Probe probe : detector.tables().probes(keyword)) {
                  if (probe.kind() == Probe.Kind.ANALYZER) {
                    for (var found : assignments.read(text, 0, text.length, start, end)) {
                      describe(path, text, kind, found, lines);
                    }
                  }
                }
              });
      for (String line : lines) {
        out.write(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void describe(
      String path, byte[] text, PathJudge.Kind kind, Assignment found, List<String> lines) {
    ValueJudge.Verdict verdict = new ValueJudge().judge(text, found);
    if (verdict == null
        || detector.prefixes().isMalformed(text, found.start(), found.end(), ProviderId.GENERIC)) {
      return;
    }
    int traits = verdict.traits(found);
    if ((traits & Candidate.BARE) != 0 && kind.form().equals("code")) {
      return;
    }
    var features = new ArrayList<String>(verdict.features());
    features.addAll(PathJudge.features(kind, traits));
    lines.add(
        new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
            + "\t"
            + found.start()
            + "\t"
            + found.end()
            + "\t"
            + String.join("|", features)
            + "\n");
  }
}
