package dev.stanch.detectors.scan;

import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.scan.WordTable.Of;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a file's path says about the candidates in it. Asked after everything else, so that a text
/// is scanned the same wherever it stands.
final class PathJudge {
  private static final WordTable WORDS = WordTable.builtIn();

  /// Confidence in a hash of a form that says nothing, in a file that holds such.
  private static final double HASH = 0.9;

  private PathJudge() {}

  /// Confidence with the path taken into account, and why it changed.
  ///
  /// @param service whose it is by its path, where that has a say
  record Judged(double confidence, List<String> why, @Nullable ProviderId service) {
    Judged(double confidence, List<String> why) {
      this(confidence, why, null);
    }
  }

  /// What a path says by itself.
  ///
  /// @param form how the file is written: code, configuration, shell, prose, generated or other
  /// @param use what it is for: test, example, locale or own
  record Kind(String form, String use, boolean vendor) {}

  static Judged judge(Candidate candidate, String path) {
    if (candidate.is(Candidate.LONE)) {
      return lone(candidate, path);
    }
    if (candidate.evidence() != Evidence.GENERIC && candidate.evidence() != Evidence.CONTEXT
        || path.isEmpty()) {
      return new Judged(candidate.confidence(), List.of());
    }
    Kind kind = kind(path);
    double shift =
        candidate.evidence() == Evidence.GENERIC
            ? GenericModel.builtIn().logit(features(kind, candidate.traits()))
            : shift(kind, candidate.is(Candidate.PASSWORD));
    if (kind.form.equals("code") && candidate.is(Candidate.BARE)) {
      shift -= 8;
    }
    var why = new ArrayList<String>();
    switch (kind.use) {
      case "own" -> {}
      case "locale" -> why.add("in a translation");
      default -> why.add("in " + (kind.use.equals("example") ? "an " : "a ") + kind.use);
    }
    if (kind.form.equals("generated")) {
      why.add("in a generated file");
    } else if (kind.form.equals("configuration")) {
      why.add("in a configuration file");
    }
    if (shift == 0) {
      return new Judged(candidate.confidence(), why);
    }
    double logit = GenericModel.logit(candidate.confidence()) + shift;
    return new Judged(GenericModel.probability(logit), why);
  }

  /// Judges a value that is all its file holds, by the file's name.
  private static Judged lone(Candidate candidate, String path) {
    FileName name = FileName.of(path);
    if (name.holdsHash(candidate.token())) {
      return new Judged(HASH, List.of("crypt hash in a password file"));
    }
    ValueJudge.Verdict verdict = name.judge(candidate.token());
    if (verdict == null) {
      return new Judged(0, List.of());
    }
    int traits = verdict.traits(name.assigns(0, candidate.length()));
    double logit = verdict.logit() + GenericModel.builtIn().logit(features(kind(path), traits));
    var why = new ArrayList<>(verdict.why());
    why.set(0, "all that is in " + path.substring(path.lastIndexOf('/') + 1));
    Lexicon.Match service = name.service();
    if (service == null || ServiceFinder.isVague(service.provider())) {
      return new Judged(GenericModel.probability(logit), why);
    }
    why.add(service.why());
    return new Judged(GenericModel.probability(logit), why, service.provider());
  }

  /// What a path takes from a value of a known shape beside the name of its service. A password
  /// that a test hands to a command is as real as any.
  private static double shift(Kind kind, boolean password) {
    double shift = kind.form.equals("generated") ? -4 : 0;
    shift -= kind.vendor ? 1 : 0;
    return shift
        - switch (kind.use) {
          case "locale" -> 3;
          case "test" -> password ? 0.1 : 1.6;
          case "example" -> password ? 0.4 : 1.2;
          default -> 0;
        };
  }

  /// What the model is told of a path.
  static List<String> features(Kind kind, int traits) {
    String of = (traits & Candidate.PASSWORD) != 0 ? "password " : "token ";
    var features = new ArrayList<String>(6);
    features.add("path " + of + kind.form);
    if (!kind.use.equals("own")) {
      features.add("path " + of + kind.use);
      if ((traits & Candidate.HEX) != 0) {
        features.add("path hex " + kind.use);
      }
    }
    if ((traits & Candidate.WORDS) != 0) {
      features.add("path words " + kind.form);
    }
    if (kind.vendor) {
      features.add("path vendor");
    }
    return features;
  }

  static Kind kind(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    int slash = lower.lastIndexOf('/');
    String file = lower.substring(slash + 1);
    int dot = file.lastIndexOf('.');
    String ending = dot < 0 ? file : file.substring(dot + 1);
    String form =
        WORDS.has(Of.GENERATED, file)
                || WORDS.has(Of.GENERATED, ending)
                || file.contains(".min.")
                || file.contains(".bundle.")
            ? "generated"
            : WORDS.has(Of.CODE, ending)
                ? "code"
                : WORDS.has(Of.CONFIGURATION, ending) || file.contains(".env")
                    ? "configuration"
                    : WORDS.has(Of.SHELL, ending) || file.startsWith("dockerfile")
                        ? "shell"
                        : WORDS.has(Of.PROSE, ending) ? "prose" : "other";
    boolean test =
        file.startsWith("test_")
            || file.contains("_test.")
            || file.contains(".test.")
            || file.contains(".spec.")
            || file.contains("_spec.")
            || file.contains("test.java")
            || file.contains("tests.")
            || file.contains("test.php")
            || file.contains("mock");
    boolean example =
        file.contains("example")
            || file.contains("sample")
            || file.contains(".dist")
            || file.contains("template")
            || file.contains("stub")
            || file.startsWith("changelog");
    boolean locale = file.startsWith("messages_") || file.startsWith("locale");
    boolean vendor = false;
    int from = 0;
    for (int end = lower.indexOf('/'); end >= 0; end = lower.indexOf('/', from)) {
      String folder = lower.substring(from, end);
      test |= WORDS.has(Of.TEST, folder);
      example |= WORDS.has(Of.EXAMPLE, folder);
      locale |= WORDS.has(Of.LOCALE, folder);
      vendor |= WORDS.has(Of.VENDOR, folder);
      from = end + 1;
    }
    return new Kind(form, locale ? "locale" : test ? "test" : example ? "example" : "own", vendor);
  }
}
