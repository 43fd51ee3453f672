package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.stanch.revokers.spi.Code;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Settings of the files of a tree, where one file says something about all of it: a package's
/// name, a project.
record Files(List<Code.File> files) {
  /// What says of a package that it is never published.
  private static final Pattern PRIVATE = Pattern.compile("\"private\"\\s*:\\s*true");

  Files {
    files = List.copyOf(files);
  }

  /// The setting that `NAME:key` names: of the files of that name, or, for `*`, of those that hold
  /// the token, where it has one value; a package that is never published has none.
  Optional<Constants.Value> setting(String fileAndKey) {
    int colon = fileAndKey.indexOf(':');
    String name = fileAndKey.substring(0, colon);
    Pattern key =
        Pattern.compile(
            "(?:^|[\\s{,(])[\"']?"
                + Pattern.quote(fileAndKey.substring(colon + 1))
                + "[\"']?\\s*[:=]\\s*[\"']?([@\\w][\\w@/.-]*)");
    var values = new TreeSet<String>();
    for (Code.File file : files) {
      boolean meant =
          name.equals("*")
              ? file.role() == Code.Role.HOLDS
              : file.path().equals(name) || file.path().endsWith("/" + name);
      Matcher matcher = key.matcher(file.text());
      if (meant && !PRIVATE.matcher(file.text()).find() && matcher.find()) {
        values.add(matcher.group(1));
      }
    }
    // Of several packages nobody can tell which one is meant.
    return values.size() == 1
        ? Optional.of(new Constants.Value.Known(values.first()))
        : Optional.empty();
  }
}
