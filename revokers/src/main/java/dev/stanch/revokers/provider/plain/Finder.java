package dev.stanch.revokers.provider.plain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.http.Answer;
import dev.stanch.revokers.provider.plain.Descriptor.Kind;
import dev.stanch.revokers.provider.plain.Descriptor.Match;
import dev.stanch.revokers.provider.plain.Descriptor.Paging;
import dev.stanch.revokers.provider.plain.Descriptor.Step;
import dev.stanch.revokers.provider.plain.Listings.Page;
import dev.stanch.revokers.spi.Target;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the key that a token is in the provider's listings, with the operator's credential.
final class Finder {
  private static final int MOST_PAGES = 500;

  /// What no name has, and every value.
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9]{20}");

  private static final Pattern HIDDEN = Pattern.compile("(?:\\.{2,}|…|[*•·]+)+");
  private static final int LEAST_VISIBLE = 4;

  private final Asker asker;
  private final Listings listings;
  private final Kind kind;
  private final int region;
  private final Values values;
  private final JustTold.@Nullable Told told;
  private int listed;
  private int bare;
  private boolean forbidden;

  Finder(Asker asker, Listings listings, Kind kind, int region, Values values) {
    this(asker, listings, kind, region, values, null);
  }

  /// @param told what was just said of the token, which is not asked again
  Finder(
      Asker asker,
      Listings listings,
      Kind kind,
      int region,
      Values values,
      JustTold.@Nullable Told told) {
    this.asker = asker;
    this.listings = listings;
    this.kind = kind;
    this.region = region;
    this.values = values;
    this.told = told;
  }

  /// A key that may be the token.
  private record Row(Map<String, String> taken, JsonNode json) {
    Row {
      taken = Map.copyOf(taken);
    }
  }

  /// @param tenant whose keys are listed
  Target find(@Nullable String tenant) throws InterruptedException {
    try {
      return target(rows(kind.find()), tenant);
    } catch (UnclearException e) {
      return new Target.Unclear(String.valueOf(e.getMessage()));
    }
  }

  /// The ids of all keys that are listed, whatever tokens they belong to.
  Set<String> ids() throws InterruptedException, UnclearException {
    var ids = new TreeSet<String>();
    for (Row row : rows(kind.find().stream().map(Step::withoutMatch).toList())) {
      ids.add(keyId(row, kind.key()));
    }
    return ids;
  }

  /// A listed key.
  ///
  /// @param json the element of the listing
  record Listed(String id, JsonNode json) {}

  /// All keys that these steps list.
  ///
  /// @param key names of the values that make up the id of each
  List<Listed> listed(List<Step> steps, List<String> key)
      throws InterruptedException, UnclearException {
    var all = new ArrayList<Listed>();
    for (Row row : rows(steps)) {
      all.add(new Listed(keyId(row, key), row.json()));
    }
    return all;
  }

  /// What these steps lead to.
  ///
  /// @param values those of the steps too
  record Element(Values values, JsonNode json) {}

  /// Everything that these steps lead to.
  List<Element> elements(List<Step> steps) throws InterruptedException, UnclearException {
    return rows(steps).stream()
        .map(row -> new Element(values.with(row.taken()), row.json()))
        .toList();
  }

  /// What these steps find, each with the values that they gave.
  sealed interface Walked {
    record Found(List<Values> each) implements Walked {
      public Found {
        each = List.copyOf(each);
      }
    }

    record Unclear(String reason) implements Walked {}
  }

  Walked follow(List<Step> steps) throws InterruptedException {
    try {
      return new Walked.Found(elements(steps).stream().map(Element::values).toList());
    } catch (UnclearException e) {
      return new Walked.Unclear(String.valueOf(e.getMessage()));
    }
  }

  private List<Row> rows(List<Step> steps) throws InterruptedException, UnclearException {
    List<Row> rows = List.of(new Row(Map.of(), MissingNode.getInstance()));
    for (Step step : steps) {
      var next = new ArrayList<Row>();
      for (Row row : rows) {
        next.addAll(run(step, row));
      }
      rows = next;
    }
    return rows;
  }

  private Target target(List<Row> rows, @Nullable String tenant) throws UnclearException {
    var found = new LinkedHashMap<String, Row>();
    for (Row row : rows) {
      found.putIfAbsent(keyId(row, kind.key()), row);
    }
    boolean blind =
        kind.find().stream()
            .anyMatch(step -> step.match().certainty() == Match.Certainty.NOTHING_TO_COMPARE);
    if (found.isEmpty()) {
      return bare > 0
          ? new Target.Unclear(bare + " listed keys show nothing to compare")
          : new Target.Foreign(
              listed == 0 ? "no such key is known there" : "none of " + listed + " listed keys");
    }
    List<Target.Listed> keys =
        found.entrySet().stream()
            .map(each -> listed(each.getKey(), each.getValue(), tenant))
            .toList();
    return keys.size() > 1 || blind ? new Target.Ambiguous(keys) : keys.getFirst().key();
  }

  private Target.Listed listed(String id, Row row, @Nullable String tenant) {
    Values known = values.with(row.taken());
    String token = values.find("token").orElse("");
    var key =
        new Target.Located(
            id,
            tenant,
            kind.createdAt().time(null, row.json(), known),
            kind.lastUsedAt().time(null, row.json(), known),
            kind.collateral(),
            kind.actions().keySet(),
            List.of(),
            kind.lot());
    return new Target.Listed(
        key,
        kind.called()
            .one(null, row.json(), known)
            .filter(name -> token.isEmpty() || !name.contains(token))
            .filter(Finder::isName)
            .orElse(null));
  }

  /// Whether a key's name may be shown: some name a key after its value, this one's or another's.
  static boolean isName(String text) {
    return !VALUE.matcher(text).find();
  }

  private String keyId(Row row, List<String> key) throws UnclearException {
    Values known = values.with(row.taken());
    var parts = new ArrayList<String>();
    for (String name : key) {
      parts.add(
          known
              .find(name)
              .orElseThrow(() -> new UnclearException("a listed key without '" + name + "'")));
    }
    return joined(parts);
  }

  /// The id of a key of these values.
  static String joined(List<String> parts) {
    return parts.stream()
        .map(part -> URLEncoder.encode(part, UTF_8))
        .collect(Collectors.joining("/"));
  }

  /// Whether the caller is known there and may not look.
  boolean forbidden() {
    return forbidden;
  }

  /// The values that a key id was made of.
  static Map<String, String> parts(List<String> key, String keyId) {
    var parts = new LinkedHashMap<String, String>();
    String[] texts = keyId.split("/", -1);
    for (int i = 0; i < key.size() && i < texts.length; i++) {
      parts.put(key.get(i), URLDecoder.decode(texts[i], UTF_8));
    }
    return parts;
  }

  private List<Row> run(Step step, Row row) throws InterruptedException, UnclearException {
    Values known = values.with(row.taken());
    var rows = new ArrayList<Row>();
    for (Page page : pages(step, row, known)) {
      collect(step, row, known, page, rows);
    }
    return rows;
  }

  /// The pages of a step; shared where nothing of the token goes into its call.
  private List<Page> pages(Step step, Row row, Values known)
      throws InterruptedException, UnclearException {
    var name = new StringBuilder().append(region).append('\n').append(step.call());
    // The same path of two servers is two listings.
    values.find("part:host").ifPresent(host -> name.append('\n').append(host));
    boolean shared = step.items() != null && kind.sessions().isEmpty();
    for (String value : step.call().names()) {
      if (row.taken().containsKey(value)) {
        name.append('\n').append(value).append('=').append(row.taken().get(value));
      } else {
        shared &= value.equals("page") || operators(value);
      }
    }
    return shared
        ? listings.pages(name.toString(), () -> walk(step, known))
        : walk(step, signedIn(step, known));
  }

  private boolean operators(String name) {
    return name.equals("admin")
        || name.startsWith("admin:")
        || name.equals("caller") && asker.hasAdmin();
  }

  private List<Page> walk(Step step, Values known) throws InterruptedException, UnclearException {
    var pages = new ArrayList<Page>();
    Call call = step.call();
    Optional<String> place = first(step.paging());
    int seen = 0;
    while (pages.size() < MOST_PAGES) {
      Values now = place.isPresent() ? known.with(Map.of("page", place.get())) : known;
      Answer answer = answer(step, call, now);
      if (answer == null) {
        return pages;
      }
      var page = new Page(answer, answer.json());
      pages.add(page);
      int elements = step.items() == null ? 1 : items(step, page).size();
      switch (step.paging()) {
        case Paging.Whole _ -> {
          return pages;
        }
        case Paging.Cursor(var from, var more) -> {
          boolean last = !more.isEmpty() && !page.json().at(more).asBoolean();
          place = from.one(answer, page.json(), now);
          if (last || place.isEmpty() || elements == 0) {
            return pages;
          }
        }
        case Paging.Offset _ -> {
          if (elements == 0) {
            return pages;
          }
          // A provider may give fewer than it was asked for.
          seen += elements;
          place = Optional.of(Integer.toString(seen));
        }
        case Paging.Pages(int firstPage) -> {
          if (elements == 0) {
            return pages;
          }
          place = Optional.of(Integer.toString(firstPage + pages.size()));
        }
        case Paging.Next(var from) -> {
          Optional<Call> next = next(call, from, answer, now);
          if (next.isEmpty()) {
            return pages;
          }
          call = next.get();
        }
      }
    }
    throw new UnclearException("a listing of more than " + MOST_PAGES + " pages");
  }

  private Values signedIn(Step step, Values now) throws InterruptedException, UnclearException {
    return switch (asker.withSession(kind, step.call().names(), region, now)) {
      case Asker.SignedIn.With(var known) -> known;
      case Asker.SignedIn.Not not -> throw new UnclearException(not.reason(), not.outcome());
    };
  }

  private static Optional<String> first(Paging paging) {
    return switch (paging) {
      case Paging.Offset _ -> Optional.of("0");
      case Paging.Pages(int first) -> Optional.of(Integer.toString(first));
      case Paging.Whole _, Paging.Cursor _, Paging.Next _ -> Optional.empty();
    };
  }

  private @Nullable Answer answer(Step step, Call call, Values now)
      throws InterruptedException, UnclearException {
    Asker.Sent sent =
        told != null && told.answers(call, region)
            ? new Asker.Sent.Came(told.answer())
            : asker.send(call, region, now);
    return switch (sent) {
      case Asker.Sent.NotMade(String reason) -> throw new UnclearException(reason);
      case Asker.Sent.Came(Answer answer) -> {
        if (step.absent().contains(answer.status())) {
          yield null;
        }
        if (answer.status() == 401 || answer.status() == 403) {
          forbidden = answer.status() == 403;
          throw new UnclearException("the credential is refused there: answer " + answer.status());
        }
        if (answer.status() / 100 != 2 || !answer.json().isContainerNode()) {
          throw new UnclearException(
              "answer " + answer.status() + " where a listing is documented", answer);
        }
        yield answer;
      }
      case Asker.Sent.Came(var outcome) -> throw new UnclearException(outcome.reason(), outcome);
    };
  }

  /// Adds the rows of a page that match.
  private void collect(Step step, Row row, Values now, Page page, List<Row> rows)
      throws UnclearException {
    if (step.items() == null) {
      add(step, row, now, page.answer(), page.json(), rows);
      return;
    }
    JsonNode items = items(step, page);
    if (step.shape() == Descriptor.Shape.ENTRIES) {
      for (var entry : items.properties()) {
        ObjectNode element = JsonNodeFactory.instance.objectNode().put("name", entry.getKey());
        add(step, row, now, page.answer(), element.set("value", entry.getValue()), rows);
      }
      return;
    }
    for (Iterator<JsonNode> each = items.elements(); each.hasNext(); ) {
      add(step, row, now, page.answer(), each.next(), rows);
    }
  }

  /// What a page lists; nothing where it says null.
  private static JsonNode items(Step step, Page page) throws UnclearException {
    JsonNode items = page.json().at(step.items());
    if (!items.isContainerNode() && !items.isNull()) {
      throw new UnclearException("an answer without the documented listing");
    }
    return items;
  }

  private void add(
      Step step, Row row, Values now, Answer answer, JsonNode element, List<Row> rows) {
    if (!matches(step.match(), answer, element, now)) {
      return;
    }
    var taken = new LinkedHashMap<>(row.taken());
    step.take()
        .forEach(
            (name, from) ->
                from.one(answer, element, now).ifPresent(value -> taken.put(name, value)));
    rows.add(new Row(taken, element));
  }

  private boolean matches(Match match, Answer answer, JsonNode element, Values now) {
    boolean compares =
        !match.equal().isEmpty()
            || !match.whereKnown().isEmpty()
            || !match.redacted().places().isEmpty()
            || !match.prefix().places().isEmpty()
            || !match.suffix().places().isEmpty();
    if (!compares) {
      return true;
    }
    listed++;
    String token = now.find("token").orElse("");
    for (var entry : match.whereKnown().entrySet()) {
      Optional<String> ours = entry.getValue().fill(now);
      if (ours.isPresent() && !element.at(entry.getKey()).asText().equals(ours.get())) {
        return false;
      }
    }
    for (var entry : match.equal().entrySet()) {
      JsonNode actual = element.at(entry.getKey());
      if (actual.isMissingNode() || actual.isNull()) {
        bare++;
        return false;
      }
      if (!actual.asText().equals(entry.getValue().fill(now).orElse(null))) {
        return false;
      }
    }
    return shows(match.redacted(), answer, element, now, text -> redacts(text, token))
        && shows(
            match.prefix(), answer, element, now, text -> enough(text) && token.startsWith(text))
        && shows(match.suffix(), answer, element, now, text -> endsWith(token, text));
  }

  private boolean shows(
      Extract place, Answer answer, JsonNode element, Values now, Predicate<String> test) {
    if (place.places().isEmpty()) {
      return true;
    }
    Optional<String> text = place.one(answer, element, now);
    if (text.isEmpty()) {
      bare++;
      return false;
    }
    return test.test(text.get());
  }

  /// The end may stand behind the dots or stars of what is hidden.
  private static boolean endsWith(String token, String text) {
    Matcher hidden = HIDDEN.matcher(text);
    String end = hidden.lookingAt() ? text.substring(hidden.end()) : text;
    return enough(end) && token.endsWith(end);
  }

  private static boolean enough(String text) {
    return text.length() >= LEAST_VISIBLE;
  }

  /// Whether `shown` is `token` with its middle, beginning or end hidden.
  static boolean redacts(String shown, String token) {
    Matcher hidden = HIDDEN.matcher(shown);
    if (!hidden.find()) {
      return shown.equals(token);
    }
    String head = shown.substring(0, hidden.start());
    String tail = shown.substring(hidden.end());
    return !HIDDEN.matcher(tail).find()
        && head.length() + tail.length() >= LEAST_VISIBLE
        && head.length() + tail.length() < token.length()
        && token.startsWith(head)
        && token.endsWith(tail);
  }

  /// The call with the query of the next page's URL. Its host and path are not looked at: a listing
  /// goes on where it began.
  private static Optional<Call> next(Call call, Extract from, Answer answer, Values now)
      throws UnclearException {
    Optional<String> url = from.one(answer, answer.json(), now);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    String text = url.get();
    if (text.startsWith("<")) {
      Optional<String> link = Answer.next(text);
      if (link.isEmpty()) {
        return Optional.empty();
      }
      text = link.get();
    }
    String query;
    try {
      query = new URI(text).getRawQuery();
    } catch (URISyntaxException _) {
      throw new UnclearException("the link to the next page is not a URL");
    }
    if (query == null) {
      throw new UnclearException("the link to the next page has no query");
    }
    var parameters = new LinkedHashMap<String, Template>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      parameters.put(
          URLDecoder.decode(name, UTF_8), Template.literal(URLDecoder.decode(value, UTF_8)));
    }
    return Optional.of(
        new Call(
            call.method(),
            call.base(),
            call.path(),
            parameters,
            call.headers(),
            call.basic(),
            call.form(),
            call.encoding(),
            call.json(),
            call.graphql(),
            call.signature()));
  }
}
