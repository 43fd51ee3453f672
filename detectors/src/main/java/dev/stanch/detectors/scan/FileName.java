package dev.stanch.detectors.scan;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the name of a file promises about the value that is all it holds.
///
/// @param name the file's name without an ending that says nothing
/// @param service whose it is, by the name or that of the folder; null where they name none
record FileName(String name, NameJudge.Name judged, Lexicon.@Nullable Match service) {
  /// Before the name is known: that of a secret.
  static final FileName UNKNOWN =
      new FileName(
          "secret", new NameJudge.Name(NameJudge.Kind.SECRET, 1, List.of("lone", "secret")), null);

  private static final NameJudge.Name NOTHING =
      new NameJudge.Name(NameJudge.Kind.CREDENTIAL, 0, List.of());

  /// Words that a telling name holds.
  private static final List<String> TELLING =
      List.of("pass", "pwd", "secret", "token", "bearer", "cookie", "key", "salt", "cred", "auth");

  /// Endings that say only that the file is text.
  private static final List<String> PLAIN = List.of(".txt", ".conf", ".cfg", ".dat", ".env");

  /// Endings of what is encrypted, public, or says something of another file.
  private static final List<String> SEALED =
      List.of(
          ".enc",
          ".encrypted",
          ".gpg",
          ".pgp",
          ".asc",
          ".age",
          ".sops",
          ".sealed",
          ".pub",
          ".crt",
          ".cer",
          ".sig",
          ".md5",
          ".sha1",
          ".sha256",
          ".sha512",
          ".lock",
          ".hash");

  /// Folders whose files are secrets, whatever their names.
  private static final List<String> FOLDERS = List.of("secrets", ".secrets", "credentials");

  /// What the path says.
  static FileName of(String path) {
    int slash = path.lastIndexOf('/');
    String file = path.substring(slash + 1);
    for (String ending : PLAIN) {
      if (file.length() > ending.length() && file.endsWith(ending)) {
        file = file.substring(0, file.length() - ending.length());
        break;
      }
    }
    String lower = file.toLowerCase(Locale.ROOT);
    if (SEALED.stream().anyMatch(lower::endsWith)) {
      return new FileName(file, NOTHING, null);
    }
    String folder = slash < 0 ? "" : path.substring(path.lastIndexOf('/', slash - 1) + 1, slash);
    NameJudge.Name judged = judge(file);
    if (FOLDERS.contains(folder) && judged.weight() < 1) {
      judged = new NameJudge.Name(NameJudge.Kind.SECRET, 1, NameJudge.words(file));
    }
    Lexicon lexicon = Lexicon.builtIn();
    Lexicon.Match service = lexicon.ofWords(file);
    return new FileName(
        file, judged, service == null ? lexicon.ofWords(folder + "_" + file) : service);
  }

  private static NameJudge.Name judge(String file) {
    var names = new NameJudge();
    String lower = file.toLowerCase(Locale.ROOT);
    NameJudge.Name best = NOTHING;
    for (String word : TELLING) {
      int at = lower.lastIndexOf(word);
      NameJudge.Name judged = at < 0 ? best : names.judge(file, at, at + word.length());
      best = judged.weight() > best.weight() ? judged : best;
    }
    return best;
  }

  /// The value at `[start, end)` as one that is assigned to this name.
  Assignment assigns(int start, int end) {
    return new Assignment(name, start, judged, Assignment.Form.ASSIGNED, start, end, true, false);
  }

  /// Whether the value is a hash of the traditional crypt, of a user of a password file.
  boolean holdsHash(TokenBytes value) {
    byte[] text = bytes(value);
    return name.endsWith("passwd") && LoneValues.isCrypt(text, 0, text.length);
  }

  /// The verdict on a value of this file; null where it is none.
  ValueJudge.@Nullable Verdict judge(TokenBytes value) {
    if (judged.weight() <= 0) {
      return null;
    }
    byte[] text = bytes(value);
    return new ValueJudge().judge(text, assigns(0, text.length));
  }

  private static byte[] bytes(TokenBytes value) {
    return value.utf8().getBytes(StandardCharsets.UTF_8);
  }
}
