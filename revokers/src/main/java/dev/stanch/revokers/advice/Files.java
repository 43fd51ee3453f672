package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.stanch.revokers.spi.Code;
import java.util.List;
import java.util.Optional;

/// Settings of the files of a tree, where one file says something about all of it: a package's
/// name, a project.
record Files(List<Code.File> files) {
  Files {
    files = List.copyOf(files);
  }

  /// The setting that `NAME:key` names: of the first file of that name, or, for `*`, of one that
  /// holds the token.
  Optional<Constants.Value> setting(String fileAndKey) {
    int colon = fileAndKey.indexOf(':');
    String name = fileAndKey.substring(0, colon);
    Pattern key =
        Pattern.compile(
            "(?:^|[\\s{,(])[\"']?"
                + Pattern.quote(fileAndKey.substring(colon + 1))
                + "[\"']?\\s*[:=]\\s*[\"']?([@\\w][\\w@/.-]*)");
    for (Code.File file : files) {
      boolean meant =
          name.equals("*")
              ? file.role() == Code.Role.HOLDS
              : file.path().equals(name) || file.path().endsWith("/" + name);
      Matcher matcher = key.matcher(file.text());
      if (meant && matcher.find()) {
        return Optional.of(new Constants.Value.Known(matcher.group(1)));
      }
    }
    return Optional.empty();
  }
}
