package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.UnaryOperator;

/// What a use is handed, however it is written.
sealed interface Arguments {
  /// The file.
  String path();

  /// The line, from 1.
  int line();

  /// What the names in its file stand for.
  Constants constants();

  /// The value of an argument: a name, a number for a place, `last` for the last word of a command,
  /// `Name@0` for the first argument of a call of that name. Empty where there is none.
  Optional<Constants.Value> value(String argument);

  /// The argument as text, or as it is written; empty where there is none.
  String text(String argument);

  /// A setting of a file, `NAME:key`. Empty where there is none.
  Optional<Constants.Value> setting(String fileAndKey);

  /// Whether it says that it is about the repository that the code runs in.
  boolean isOfOwnRepository();

  private static boolean isPlace(String argument) {
    return argument.chars().allMatch(Character::isDigit);
  }

  /// Of a call in code.
  record OfCall(
      Constants constants, Script script, Script.Call call, List<Constants.At> origins, Files files)
      implements Arguments {
    @Override
    public Optional<Constants.Value> setting(String fileAndKey) {
      return files.setting(fileAndKey);
    }

    @Override
    public String path() {
      return script.path();
    }

    @Override
    public int line() {
      return script.line(call.at());
    }

    @Override
    public Optional<Constants.Value> value(String argument) {
      int at = argument.indexOf('@');
      if (at > 0) {
        return maker(argument.substring(0, at), argument.substring(at + 1));
      }
      return written(argument).map(each -> constants.value(script.path(), each));
    }

    private Optional<String> written(String argument) {
      return written(call, argument, each -> whole(script.path(), each));
    }

    /// The object that a name was assigned, or the expression itself.
    private String whole(String file, String expression) {
      return constants.assigned(file, expression).stream()
          .map(Constants.At::text)
          .filter(each -> each.startsWith("{"))
          .findFirst()
          .orElse(expression);
    }

    /// @param whole what a name stands for
    private static Optional<String> written(
        Script.Call call, String argument, UnaryOperator<String> whole) {
      int dot = argument.indexOf('.');
      if (dot > 0) { // a field of an object that is an argument
        return call.named(argument.substring(0, dot))
            .flatMap(
                object ->
                    Script.callsIn("of(" + whole.apply(object) + ")").stream()
                        .findFirst()
                        .flatMap(of -> of.named(argument.substring(dot + 1))));
      }
      return isPlace(argument)
          ? call.positional(Integer.parseInt(argument))
          : call.named(argument)
              .or(() -> spread(call, argument, whole))
              .or(() -> ofObject(call, argument, whole));
    }

    /// A field of an object whose fields are arguments.
    private static Optional<String> spread(
        Script.Call call, String name, UnaryOperator<String> whole) {
      return call.named(Script.SPREAD)
          .flatMap(
              object ->
                  Script.callsIn("of(" + whole.apply(object) + ")").stream()
                      .findFirst()
                      .flatMap(of -> of.named(name)));
    }

    /// A field of an object that was made before it was handed in.
    private static Optional<String> ofObject(
        Script.Call call, String name, UnaryOperator<String> whole) {
      return call.arguments().stream()
          .filter(each -> each.name().isEmpty() && isName(each.value()))
          .map(each -> whole.apply(each.value()))
          .filter(each -> each.startsWith("{"))
          .flatMap(object -> Script.callsIn("of(" + object + ")").stream().limit(1))
          .flatMap(of -> of.named(name).stream())
          .findFirst();
    }

    /// What a call of a name was made with: one that led here, one inside, or the only one of the
    /// file.
    private Optional<Constants.Value> maker(String name, String argument) {
      var near = new ArrayList<>(Origin.calls(origins));
      String inside = script.text().substring(call.open(), call.close() + 1);
      Script.callsIn("f" + inside).forEach(each -> near.add(new Origin.Made(script.path(), each)));
      for (Script.Call each : script.calls(name)) { // what follows it on the same thing
        if (each.at() > call.close()
            && each.receiver().contains(script.text().substring(call.at(), call.close() + 1))) {
          near.add(new Origin.Made(script.path(), each));
        }
      }
      for (Script.Argument each : call.arguments()) { // what is handed in was made above
        if (isName(each.value())) {
          script
              .assignedBefore(each.value(), call.at())
              .ifPresent(
                  text ->
                      Script.callsIn(text)
                          .forEach(of -> near.add(new Origin.Made(script.path(), of))));
        }
      }
      for (Origin.Made each : near) {
        Optional<String> made =
            isOf(each.call(), name)
                ? written(each.call(), argument, object -> whole(each.file(), object))
                : Optional.empty();
        if (made.isPresent()) {
          return made.map(text -> constants.value(each.file(), text));
        }
      }
      SequencedSet<Constants.Value> all = of(script, name, argument);
      boolean wired = name.endsWith("Client") || name.endsWith("Provider") || isPath(name);
      if (all.isEmpty() && wired) { // made where the program is wired together
        for (Script other : constants.scripts()) {
          if (other.isCode()) {
            all.addAll(of(other, name, argument));
          }
        }
      }
      return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    private SequencedSet<Constants.Value> of(Script of, String name, String argument) {
      var all = new LinkedHashSet<Constants.Value>();
      for (Script.Call each : of.calls(Names.last(name))) {
        if (!isOf(each, name)) {
          continue;
        }
        written(each, argument, object -> whole(of.path(), object))
            .ifPresent(text -> all.add(constants.value(of.path(), text)));
      }
      return all;
    }

    /// Whether a name says what stands before it, too: `TopicName.of`.
    private static boolean isPath(String name) {
      return name.indexOf('.') > 0;
    }

    private static boolean isOf(Script.Call call, String name) {
      return isPath(name)
          ? call.path().equals(name) || call.path().endsWith("." + name)
          : call.name().equals(name);
    }

    private static boolean isName(String text) {
      return !text.isEmpty() && text.chars().allMatch(c -> Texts.isNamePart((char) c));
    }

    @Override
    public String text(String argument) {
      if (argument.indexOf('@') > 0) {
        return value(argument)
            .map(each -> each instanceof Constants.Value.Known(String text) ? text : "")
            .orElse("");
      }
      String raw = written(argument).orElse("");
      return constants.value(script.path(), raw) instanceof Constants.Value.Known(String text)
          ? text
          : raw;
    }

    @Override
    public boolean isOfOwnRepository() {
      return call.arguments().stream().anyMatch(each -> Texts.isOwnRepository(each.value()));
    }
  }

  /// Of a request to an address.
  record OfAddress(
      Constants constants, Script script, int line, Matcher address, String around, Files files)
      implements Arguments {
    @Override
    public Optional<Constants.Value> setting(String fileAndKey) {
      return files.setting(fileAndKey);
    }

    @Override
    public String path() {
      return script.path();
    }

    @Override
    public Optional<Constants.Value> value(String argument) {
      String group = address.group(Integer.parseInt(argument));
      return group == null || group.isEmpty()
          ? Optional.empty()
          : Optional.of(new Constants.Value.Known(group));
    }

    @Override
    public String text(String argument) {
      return around;
    }

    @Override
    public boolean isOfOwnRepository() {
      return Texts.isOwnRepository(around);
    }
  }

  /// Of a command line.
  ///
  /// @param behind where the words of the command end
  record OfCommand(Constants constants, Script script, Command command, int behind, Files files)
      implements Arguments {
    @Override
    public Optional<Constants.Value> setting(String fileAndKey) {
      return files.setting(fileAndKey);
    }

    @Override
    public String path() {
      return script.path();
    }

    @Override
    public int line() {
      return command.line();
    }

    @Override
    public Optional<Constants.Value> value(String argument) {
      return written(argument).map(each -> constants.value(script.path(), Texts.quoted(each)));
    }

    private Optional<String> written(String argument) {
      int at = argument.indexOf('@');
      if (at > 0) { // s3://…: the word that begins so
        String begin = argument.substring(0, at);
        return command.words().stream()
            .filter(word -> word.startsWith(begin))
            .skip(Integer.parseInt(argument.substring(at + 1)))
            .map(word -> word.substring(begin.length()).replaceFirst("/.*", ""))
            .findFirst();
      }
      if (argument.equals("last")) {
        return Optional.of(command.words().getLast());
      }
      return isPlace(argument)
          ? command.word(behind, Integer.parseInt(argument))
          : command.option(argument);
    }

    @Override
    public String text(String argument) {
      if (argument.startsWith("--")) { // one that has no value
        return command.words().contains(argument) ? argument : "";
      }
      return value(argument)
          .map(each -> each instanceof Constants.Value.Known(String text) ? text : "?")
          .orElse("");
    }

    @Override
    public boolean isOfOwnRepository() {
      // What names no repository means the one that it stands in.
      return command.words().stream()
          .noneMatch(
              word -> word.equals("--repo") || word.equals("-R") || word.startsWith("--repo="));
    }
  }

  /// Of a step of a workflow.
  record OfStep(
      Constants constants, Script script, int line, List<Script.Assignment> settings, Files files)
      implements Arguments {
    @Override
    public Optional<Constants.Value> setting(String fileAndKey) {
      return files.setting(fileAndKey);
    }

    @Override
    public String path() {
      return script.path();
    }

    @Override
    public Optional<Constants.Value> value(String argument) {
      return settings.stream()
          .filter(each -> each.name().equals(argument))
          .map(each -> constants.value(script.path(), each.value()))
          .findFirst();
    }

    @Override
    public String text(String argument) {
      return value(argument)
          .map(each -> each instanceof Constants.Value.Known(String text) ? text : "?")
          .orElse("");
    }

    @Override
    public boolean isOfOwnRepository() {
      return true;
    }
  }
}
