package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.stanch.revokers.spi.Advice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the rules of a book make of a use: the permissions and the resource, where what the use is
/// handed fits the rule.
final class Fitting {
  /// Begins the name of a list of resources.
  private static final String LIST = "{list:";

  private final Book book;
  private final Constants constants;
  private final Files files;

  Fitting(Book book, Constants constants, Files files) {
    this.book = book;
    this.constants = constants;
    this.files = files;
  }

  /// Takes what the first rule makes of a use that fits it. A rule that could not tell the resource
  /// gives way to a later one that can, not to one that can tell nothing.
  static void first(
      List<Book.Rule> rules, Function<Book.Rule, List<Found>> made, Set<Found> found) {
    List<Found> untold = List.of();
    for (Book.Rule rule : rules) {
      List<Found> here = made.apply(rule);
      if (here.isEmpty() || !untold.isEmpty() && !here.getFirst().untold().isEmpty()) {
        continue;
      }
      if (here.getFirst().told() != Found.Told.NO) {
        found.addAll(here);
        return;
      }
      untold = here;
    }
    found.addAll(untold);
  }

  /// What a rule makes of a call.
  ///
  /// @param origins how what it is called on came about
  List<Found> ofCall(Book.Rule rule, Script script, Script.Call call, List<Constants.At> origins) {
    return of(rule, new Arguments.OfCall(constants, script, call, origins, files), call.name());
  }

  /// What a rule makes of a request.
  ///
  /// @param address what its expression found in the address
  /// @param around what else the request says
  List<Found> ofRequest(
      Book.Rule rule, Script script, int line, Matcher address, String method, String around) {
    return of(
        rule,
        new Arguments.OfAddress(constants, script, line, address, around, files),
        method.toUpperCase(Locale.ROOT));
  }

  /// What a rule makes of a command line.
  ///
  /// @param words those of the rule
  /// @param behind where they end
  List<Found> ofCommand(Book.Rule rule, Script script, Command command, String words, int behind) {
    return of(rule, new Arguments.OfCommand(constants, script, command, behind, files), words);
  }

  /// What a rule makes of a step of a workflow.
  List<Found> ofAction(Book.Rule rule, Script script, Workflow.Action action) {
    return of(
        rule,
        new Arguments.OfStep(constants, script, action.line(), action.step().settings(), files),
        action.name());
  }

  private List<Found> of(Book.Rule rule, Arguments arguments, String call) {
    for (var condition : rule.when().entrySet()) {
      boolean met = false;
      boolean said = false;
      for (String name : condition.getKey().split("\\|", -1)) {
        String text = arguments.text(name);
        said |= !text.isEmpty();
        met |= !text.isEmpty() && condition.getValue().matcher(text).find();
      }
      if (!(said ? met : condition.getValue().matcher("").find())) {
        return List.of();
      }
    }
    var use = new Advice.Use(arguments.path(), arguments.line(), call);
    if (!rule.about().isEmpty()
        && !(Resource.of(book, rule.about(), rule.shape(), arguments) instanceof Resource.Named)) {
      return List.of();
    }
    var found = new ArrayList<Found>();
    if (rule.on().startsWith(LIST)) {
      String kind = rule.on().substring(LIST.length(), rule.on().length() - 1);
      return listed(rule, Dependencies.of(kind, files), use);
    }
    found(
        rule,
        rule.permissions(),
        rule.on(),
        rule.about().isEmpty() ? rule.shape() : null,
        rule.untold(),
        arguments,
        use,
        found);
    if (!found.isEmpty()) {
      for (Book.Also also : rule.also()) {
        found(rule, also.permissions(), also.on(), also.shape(), "", arguments, use, found);
      }
    }
    return found;
  }

  /// A use of several resources, which stand in a manifest; of none it needs nothing.
  private static List<Found> listed(
      Book.Rule rule, Optional<Set<String>> resources, Advice.Use use) {
    if (resources.isEmpty()) {
      return List.of();
    }
    var found = new ArrayList<Found>();
    for (String each : resources.get()) {
      found.add(new Found("", rule.permissions(), each, Found.Told.YES, use, rule, ""));
    }
    if (found.isEmpty()) {
      found.add(new Found("", List.of(), "", Found.Told.YES, use, rule, ""));
    }
    return found;
  }

  private void found(
      Book.Rule rule,
      List<String> permissions,
      String on,
      @Nullable Pattern shape,
      String untold,
      Arguments arguments,
      Advice.Use use,
      List<Found> found) {
    String owner =
        Resource.of(book, rule.owner(), null, arguments) instanceof Resource.Named(String whose)
            ? whose
            : "";
    switch (Resource.of(book, on, shape, arguments)) {
      case Resource.Named(String named) ->
          found.add(new Found(untold, permissions, named, Found.Told.YES, use, rule, owner));
      case Resource.Own _ ->
          found.add(new Found(untold, permissions, "", Found.Told.OWN, use, rule, owner));
      case Resource.Untold _ ->
          found.add(new Found(untold, permissions, "", Found.Told.NO, use, rule, owner));
      case Resource.Other _ -> {}
    }
  }
}
