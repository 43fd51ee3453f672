package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.stanch.revokers.spi.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The headings of a file of credentials under which a token stands, and who asks for them.
final class Profiles {
  private static final Pattern HEADING =
      Pattern.compile("(?m)^\\s*\\[(?:profile\\s+)?([\\w.@-]+)\\]\\s*$");
  private static final String DEFAULT = "default";

  private final Book.Profiles book;
  private final Constants constants;
  private final Set<String> ours = new TreeSet<>();

  Profiles(Book.Profiles book, Around code, Constants constants) {
    this.book = book;
    this.constants = constants;
    for (Code.File file : code.holders()) {
      if (!book.arguments().isEmpty()) {
        heading(file.text()).ifPresent(ours::add);
      }
    }
  }

  /// The heading above the token.
  private static Optional<String> heading(String text) {
    int token = text.indexOf(Code.TOKEN);
    Optional<String> last = Optional.empty();
    Matcher heading = HEADING.matcher(text);
    while (heading.find() && heading.start() < token) {
      last = Optional.of(heading.group(1));
    }
    return last;
  }

  /// Whose token a call uses by the profile that it, or what it is called on, was made with.
  Holders.Handed of(Script script, Script.Call call, List<Origin.Made> makers) {
    if (book.arguments().isEmpty()) {
      return Holders.Handed.NONE;
    }
    var all = new ArrayList<>(makers);
    all.add(new Origin.Made(script.path(), call));
    for (Origin.Made each : all) {
      Optional<String> named =
          book.arguments().stream()
              .flatMap(name -> each.call().named(name).stream())
              .findFirst()
              .or(
                  () ->
                      book.calls().contains(each.call().name())
                          ? each.call().positional(0)
                          : Optional.empty());
      if (named.isPresent()) {
        return judged(constants.value(each.file(), named.get()));
      }
    }
    return unsaid(script.path());
  }

  /// Whose token a command uses.
  Holders.Handed of(Script script, Command command) {
    Optional<String> named =
        book.options().stream().flatMap(name -> command.option(name).stream()).findFirst();
    if (named.isPresent()) {
      return judged(constants.value(script.path(), Texts.quoted(named.get())));
    }
    return book.programs().contains(command.program())
        ? unsaid(script.path())
        : Holders.Handed.NONE;
  }

  private Holders.Handed judged(Constants.Value profile) {
    if (!(profile instanceof Constants.Value.Known(String name))
        || name.indexOf(Constants.HOLE) >= 0) {
      return ours.isEmpty() ? Holders.Handed.NONE : Holders.Handed.EITHER;
    }
    return ours.contains(name) ? Holders.Handed.OURS : Holders.Handed.ANOTHER;
  }

  /// Where no profile is said, a variable may say one; else it is the default.
  private Holders.Handed unsaid(String file) {
    if (ours.isEmpty() || ours.contains(DEFAULT)) {
      return Holders.Handed.NONE;
    }
    for (String variable : book.variables()) {
      if (constants.value(file, variable) instanceof Constants.Value.Known(String name)) {
        return ours.contains(name) ? Holders.Handed.NONE : Holders.Handed.ANOTHER;
      }
    }
    return Holders.Handed.EITHER;
  }
}
