package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a rule makes of the arguments of a use.
sealed interface Resource {
  String FILE = "file:";
  String VARIABLE = "variable:";

  /// This one, as the provider spells it; the empty text where a permission has none.
  record Named(String on) implements Resource {}

  /// The repository that the code runs in.
  record Own() implements Resource {}

  /// Nobody can tell.
  record Untold() implements Resource {}

  /// None of those that the rule is about.
  record Other() implements Resource {}

  /// Fills in a template.
  ///
  /// @param shape what the first value must be; null for anything
  static Resource of(Book book, String template, @Nullable Pattern shape, Arguments arguments) {
    var on = new StringBuilder();
    Pattern expected = shape;
    int optional = -1; // where the piece begins that may be missing
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c == '[') {
        optional = on.length();
      } else if (c == ']') {
        optional = -1;
      } else if (c == '{') {
        int close = template.indexOf('}', i);
        Constants.Value value = value(book, template.substring(i + 1, close), arguments);
        i = close;
        if (value instanceof Constants.Value.Own) {
          return book.isOfRepositories() ? new Own() : new Untold();
        }
        Optional<String> text = known(value);
        if (text.isEmpty() && expected != null) {
          text = piece(value, expected); // what is not known may be what does not matter
          expected = text.isEmpty() ? expected : null;
        }
        if (text.isPresent() && text.get().contains("{owner}")) {
          return new Own(); // what gh fills in
        }
        if (text.isEmpty() && optional >= 0) {
          on.setLength(optional);
          i = template.indexOf(']', i);
          optional = -1;
          continue;
        }
        if (text.isEmpty()) {
          return new Untold();
        }
        Matcher shaped = expected == null ? null : expected.matcher(text.get());
        if (shaped != null && !shaped.matches()) {
          return new Other();
        }
        on.append(shaped != null && shaped.groupCount() > 0 ? shaped.group(1) : text.get());
        expected = null; // it is about the first
      } else {
        on.append(c);
      }
    }
    return new Named(on.toString());
  }

  /// The text of a value, where all of it is known and may be shown.
  private static Optional<String> known(Constants.Value value) {
    return value instanceof Constants.Value.Known(String text)
            && text.indexOf(Constants.HOLE) < 0
            && Texts.isShowable(text)
        ? Optional.of(text)
        : Optional.empty();
  }

  /// The piece of a value that a shape takes out of it, where that is known.
  private static Optional<String> piece(Constants.Value value, Pattern shape) {
    if (!(value instanceof Constants.Value.Known(String text))
        || shape.matcher("").groupCount() == 0) {
      return Optional.empty();
    }
    Matcher matcher = shape.matcher(text);
    return matcher.matches() && matcher.group(1) != null
        ? known(new Constants.Value.Known(matcher.group(1)))
        : Optional.empty();
  }

  private static Constants.Value value(Book book, String placeholder, Arguments arguments) {
    for (String each : placeholder.split("\\|", -1)) {
      boolean known = each.endsWith("?"); // else the next one counts
      String alternative = known ? each.substring(0, each.length() - 1) : each;
      int colon = alternative.indexOf(':');
      Book.Reading reading =
          colon > 0 ? book.readings().get(alternative.substring(0, colon)) : null;
      Optional<Constants.Value> value =
          value(reading == null ? alternative : alternative.substring(colon + 1), arguments);
      if (value.isPresent() && !(known && value.get() instanceof Constants.Value.Untold)) {
        return reading == null ? value.get() : read(reading, value.get());
      }
    }
    return arguments.isOfOwnRepository() ? new Constants.Value.Own() : new Constants.Value.Untold();
  }

  private static Optional<Constants.Value> value(String named, Arguments arguments) {
    if (named.startsWith(FILE)) {
      return arguments.setting(named.substring(FILE.length()));
    }
    if (named.startsWith(VARIABLE)) {
      return Optional.of(
              arguments.constants().value(arguments.path(), named.substring(VARIABLE.length())))
          .filter(each -> !(each instanceof Constants.Value.Untold));
    }
    return arguments.value(named);
  }

  private static Constants.Value read(Book.Reading reading, Constants.Value value) {
    if (!(value instanceof Constants.Value.Known(String text))) {
      return value;
    }
    Matcher matcher = reading.pattern().matcher(text);
    if (!matcher.find()) {
      return new Constants.Value.Untold();
    }
    String read = reading.as();
    for (int group = 1; group <= matcher.groupCount(); group++) {
      String piece = matcher.group(group);
      read = read.replace("{" + group + "}", piece == null ? "" : piece);
    }
    return new Constants.Value.Known(read);
  }
}
