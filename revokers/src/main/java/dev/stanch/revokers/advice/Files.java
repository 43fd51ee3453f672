package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.stanch.revokers.spi.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Settings of the files of a tree, where one file says something about all of it: a package's
/// name, a project.
record Files(Around around) {
  /// What says of a package that it is never published.
  private static final Pattern PRIVATE = Pattern.compile("\"private\"\\s*:\\s*true");

  /// Those that a text stands in.
  List<Code.File> containing(String text) {
    return around.stream().filter(each -> each.text().contains(text)).toList();
  }

  /// Those of a name, in any folder.
  List<Code.File> named(String name) {
    var named = new ArrayList<Code.File>();
    around.tree().named(name).forEach(i -> named.add(around.get(i)));
    around.further().stream()
        .filter(each -> each.path().equals(name) || each.path().endsWith("/" + name))
        .forEach(named::add);
    return named;
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
    for (Code.File file : name.equals("*") ? around.holders() : named(name)) {
      Matcher matcher = key.matcher(file.text());
      if (!PRIVATE.matcher(file.text()).find() && matcher.find()) {
        values.add(matcher.group(1));
      }
    }
    // Of several packages nobody can tell which one is meant.
    return values.size() == 1
        ? Optional.of(new Constants.Value.Known(values.first()))
        : Optional.empty();
  }
}
