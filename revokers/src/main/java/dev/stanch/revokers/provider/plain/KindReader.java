package dev.stanch.revokers.provider.plain;

import dev.stanch.detectors.http.Method;
import dev.stanch.detectors.http.RateLimit;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.detectors.rule.YamlTree;
import dev.stanch.revokers.provider.plain.Descriptor.ActionAnswer;
import dev.stanch.revokers.provider.plain.Descriptor.ActionCall;
import dev.stanch.revokers.provider.plain.Descriptor.Control;
import dev.stanch.revokers.provider.plain.Descriptor.Kind;
import dev.stanch.revokers.provider.plain.Descriptor.Match;
import dev.stanch.revokers.provider.plain.Descriptor.Paging;
import dev.stanch.revokers.provider.plain.Descriptor.Probe;
import dev.stanch.revokers.provider.plain.Descriptor.ProbeAnswer;
import dev.stanch.revokers.provider.plain.Descriptor.Renewal;
import dev.stanch.revokers.provider.plain.Descriptor.SameAs;
import dev.stanch.revokers.provider.plain.Descriptor.Session;
import dev.stanch.revokers.provider.plain.Descriptor.Step;
import dev.stanch.revokers.provider.plain.Descriptor.TenantCall;
import dev.stanch.revokers.provider.plain.Descriptor.Told;
import dev.stanch.revokers.provider.plain.Descriptor.Verdict;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.Rotator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads one kind of token of a descriptor.
final class KindReader {
  private static final Duration USUAL_PROPAGATION = Duration.ofSeconds(30);
  private static final String UNCONFIRMED =
      "no source of the provider confirms how; STANCH_UNCONFIRMED switches it on";

  /// All that is done to what a token reaches.
  private static final Set<Action> WITHDRAWS = Set.of(Action.WITHDRAW);

  private final Fields fields;
  private final Fields common;
  private final CallReader calls;
  private final Set<String> always = new HashSet<>();

  /// @param common the descriptor's: sessions and tenant of kinds that have none of their own
  KindReader(Fields fields, Fields common, CallReader calls) {
    this.fields = fields;
    this.common = common;
    this.calls = calls;
  }

  private record Ending(Map<Action, ActionCall> actions, String byHand) {}

  /// What a way to end a token consists of, beside what tells the token.
  private record Way(
      List<Session> sessions,
      @Nullable TenantCall tenant,
      List<Step> find,
      List<String> key,
      Ending ending) {}

  @Nullable Kind read(DescriptorReader.Unconfirmed unconfirmed) {
    String name = fields.needed("kind");
    List<String> rules = fields.texts("rules");
    List<String> prefixes = fields.texts("prefixes");
    Pattern parts = parts();
    String madeUp = madeUp();
    List<Session> sessions = sessions();
    boolean off = unconfirmed(fields) && unconfirmed == DescriptorReader.Unconfirmed.LEFT_OUT;
    Control control = fields.mapping("control").map(this::control).orElse(null);
    var probes = new ArrayList<Probe>();
    for (Fields each : fields.mappings("probe")) {
      boolean left =
          unconfirmed(each) && unconfirmed == DescriptorReader.Unconfirmed.LEFT_OUT || off;
      Probe probe = probe(each, control);
      if (!left) {
        probes.add(probe);
      }
    }
    if (fields.has("probe") && madeUp.isEmpty()) {
      fields.problem("probe", "no 'made-up': a token of the right shape that nobody was given");
    }
    Way way = way(unconfirmed, off, sessions);
    if (way.tenant() != null
        && way.tenant().sameAs() == SameAs.PROBE
        && probes.stream().allMatch(probe -> probe.identity().tenant().places().isEmpty())) {
      fields.problem("tenant", "'same-as' needs a probe whose 'identity' names the tenant");
    }
    var kind =
        new Kind(
            name,
            rules,
            prefixes,
            parts,
            madeUp,
            probes,
            control,
            way.sessions(),
            way.tenant(),
            way.find(),
            way.key(),
            extract(fields, "name"),
            extract(fields, "created"),
            extract(fields, "last-used"),
            way.ending().actions(),
            batch(way.ending().actions()),
            DescriptorReader.duration(fields, "propagation", USUAL_PROPAGATION),
            fields.texts("collateral"),
            way.ending().byHand(),
            fields.mapping("rotate").map(each -> renewal(each, way, off, unconfirmed)).orElse(null),
            List.of(),
            List.of());
    List<Kind> otherwise = ways("otherwise", kind, unconfirmed);
    List<Kind> access = ways("access", kind, unconfirmed);
    if (Stream.concat(Stream.of(kind), otherwise.stream())
            .anyMatch(each -> each.actions().containsKey(Action.WITHDRAW))
        || access.stream().anyMatch(each -> !WITHDRAWS.containsAll(each.actions().keySet()))) {
      fields.problem("access", "'withdraw' stands in 'access', and nothing else does");
    }
    fields.finish();
    return kind.with(otherwise, access);
  }

  private List<Kind> ways(String name, Kind kind, DescriptorReader.Unconfirmed unconfirmed) {
    return fields.mappings(name).stream()
        .map(each -> new KindReader(each, common, calls).way(kind, always, unconfirmed))
        .toList();
  }

  private Way way(DescriptorReader.Unconfirmed unconfirmed, boolean off, List<Session> sessions) {
    List<Step> find = find("find");
    Optional<Fields> own = fields.mapping("tenant");
    Optional<Fields> ours = common.mapping("tenant");
    TenantCall tenant =
        own.or(() -> find.isEmpty() ? Optional.empty() : ours).map(this::tenant).orElse(null);
    List<String> key = key(find);
    return new Way(sessions, tenant, find, key, ending(unconfirmed, off, tenant, find, key));
  }

  /// Another way to end tokens of a kind.
  ///
  /// @param given names of values that the kind gives
  private Kind way(Kind kind, Set<String> given, DescriptorReader.Unconfirmed unconfirmed) {
    always.addAll(given);
    String name = fields.needed("way");
    if (!name.matches("[a-z]+(?:-[a-z]+)*")) {
      fields.problem("way", "a name is lower case: " + name);
    }
    Way way =
        way(
            unconfirmed,
            unconfirmed(fields) && unconfirmed == DescriptorReader.Unconfirmed.LEFT_OUT,
            sessions());
    List<String> prefixes = fields.texts("prefixes");
    var read =
        new Kind(
            name,
            kind.rules(),
            prefixes.isEmpty() ? kind.prefixes() : prefixes,
            kind.parts(),
            kind.madeUp(),
            kind.probes(),
            kind.control(),
            way.sessions(),
            way.tenant(),
            way.find(),
            way.key(),
            extract(fields, "name"),
            extract(fields, "created"),
            extract(fields, "last-used"),
            way.ending().actions(),
            batch(way.ending().actions()),
            DescriptorReader.duration(fields, "propagation", USUAL_PROPAGATION),
            fields.texts("collateral"),
            way.ending().byHand(),
            null,
            List.of(),
            List.of());
    fields.finish();
    return read;
  }

  /// How keys of a kind are replaced; null where nothing confirms it and nobody wants it.
  private @Nullable Renewal renewal(
      Fields from, Way way, boolean off, DescriptorReader.Unconfirmed unconfirmed) {
    boolean left = off || unconfirmed(from) && unconfirmed == DescriptorReader.Unconfirmed.LEFT_OUT;
    Rotator.Manner manner = from.oneOf("manner", Rotator.Manner.values(), Rotator.Manner.CREATE);
    if (!from.has("manner")) {
      from.problem("manner", "no 'manner': create or in-place");
    }
    Duration lifetime =
        from.has("lifetime")
            ? DescriptorReader.duration(from, "lifetime", USUAL_PROPAGATION)
            : null;
    var given = new KindReader(from, common, calls);
    given.always.addAll(always);
    List<String> key = from.has("key") ? from.texts("key") : way.key();
    given.always.addAll(key);
    List<Step> old = given.find("old");
    Map<String, String> carry = new LinkedHashMap<>(from.map("carry"));
    Set<String> mayUse = new HashSet<>(given.always);
    mayUse.addAll(Set.of(Asker.SERVER, "marker"));
    mayUse.addAll(carry.keySet());
    if (lifetime != null) {
      mayUse.addAll(PlainRotator.EXPIRIES);
    }
    if (manner == Rotator.Manner.CREATE) {
      mayUse.add("token");
    }
    List<Step> own = given.find("listing");
    List<Step> listing = own.isEmpty() ? way.find().stream().map(Step::withoutMatch).toList() : own;
    if (listing.isEmpty()) {
      from.problem("listing", "no 'listing', nor a 'find': a lost key must be found again");
    }
    Optional<Fields> call = from.mapping("mint");
    if (call.isEmpty()) {
      from.problem("mint", "no 'mint': the call that makes a new key");
      return null;
    }
    Fields answer = call.get();
    var told = new KindReader(answer, common, calls);
    told.always.addAll(mayUse);
    told.always.add("answer");
    Extract secret = told.extract(answer, "secret");
    told.always.add("secret");
    var take = new LinkedHashMap<String, Extract>();
    answer.mapping("take").ifPresent(all -> told.take(all, take));
    told.always.addAll(take.keySet());
    List<Step> value = told.find("value");
    if (secret.places().isEmpty()
        == value.stream().noneMatch(step -> step.take().containsKey("secret"))) {
      answer.problem(
          "secret",
          "one of 'secret', where the answer holds the token, and 'value', which takes it");
    }
    var parts = new LinkedHashMap<String, Extract>();
    answer.mapping("parts").ifPresent(all -> told.take(all, parts));
    Extract scopes = told.extract(answer, "scopes");
    Extract expires = told.extract(answer, "expires");
    ActionCall mint = action(answer, mayUse);
    ActionCall discard = from.mapping("discard").map(each -> action(each, mayUse)).orElse(null);
    var read =
        new Renewal(
            manner,
            from.needed("how"),
            from.texts("widens"),
            lifetime,
            old,
            carry,
            key,
            listing,
            from.text("marker", ""),
            extract(from, "used"),
            mint,
            secret,
            value,
            take,
            parts,
            scopes,
            expires,
            from.texts("collateral"),
            discard);
    if (manner == Rotator.Manner.IN_PLACE
        && read.names().stream().anyMatch(name -> name.matches("token|caller|claim:.*"))) {
      from.problem("mint", "what dies in the call cannot resume it: only {admin} may call");
    }
    if (discard == null && !key.equals(way.key())) {
      from.problem("discard", "no 'discard', which takes this 'key'");
    }
    if (manner == Rotator.Manner.CREATE
        && discard == null
        && !way.ending().actions().containsKey(Action.REVOKE)) {
      from.problem("discard", "no 'discard', nor a 'revoke': a lost key must be ended");
    }
    if (discard == null
        && way.ending().actions().containsKey(Action.REVOKE)
        && byToken(way.ending().actions().get(Action.REVOKE).call())
        && manner == Rotator.Manner.CREATE) {
      from.problem("discard", "'revoke' takes the token, which a lost key does not have");
    }
    from.finish();
    return left ? null : read;
  }

  private static boolean byToken(Call call) {
    return call.names().stream().anyMatch(name -> name.equals("token") || name.equals("tokens"));
  }

  private List<Session> sessions() {
    Fields from = fields.has("session") ? fields : common;
    List<Session> sessions = from.mappings("session").stream().map(this::session).toList();
    sessions.forEach(session -> always.addAll(session.take().keySet()));
    return sessions;
  }

  private static boolean unconfirmed(Fields fields) {
    return fields.text("confirmed", "true").equals("false");
  }

  private @Nullable Pattern parts() {
    Optional<String> text = fields.optional("parts");
    if (text.isEmpty()) {
      return null;
    }
    try {
      Pattern pattern = Pattern.compile(text.get());
      always.addAll(pattern.namedGroups().keySet());
      return pattern;
    } catch (PatternSyntaxException e) {
      fields.problem("parts", "not a regular expression: " + e.getDescription());
      return null;
    }
  }

  private String madeUp() {
    String text = fields.text("made-up", "");
    try {
      var _ = new ExampleTemplate(text).expand(1);
    } catch (IllegalArgumentException e) {
      fields.problem("made-up", String.valueOf(e.getMessage()));
    }
    return text;
  }

  private Control control(Fields control) {
    Call call = calls.read(control, Set.of());
    if (call.names().contains("token")) {
      control.problem("genuine", "a control is asked without a token");
    }
    var genuine = new ArrayList<Condition>();
    for (Fields each : control.mappings("genuine")) {
      Condition condition = condition(each);
      if (condition.status().isEmpty() || !condition.beyondStatus()) {
        each.problem("status", "a control wants a status and something that no portal answers");
      }
      genuine.add(condition);
      each.finish();
    }
    if (genuine.isEmpty()) {
      control.problem("genuine", "no 'genuine': the answers that only the real provider gives");
    }
    control.finish();
    return new Control(call, genuine);
  }

  private Probe probe(Fields probe, @Nullable Control control) {
    List<Step> before = new KindReader(probe, common, calls).before(always);
    before.forEach(step -> always.addAll(step.take().keySet()));
    Call call = calls.read(probe, known("token"));
    var answers = new ArrayList<ProbeAnswer>();
    for (Fields each : probe.mappings("answers")) {
      Condition when = condition(each);
      Verdict verdict = each.oneOf("verdict", Verdict.values(), Verdict.UNKNOWN);
      if (!each.has("verdict")) {
        each.problem("verdict", "no 'verdict'");
      }
      boolean telling =
          verdict == Verdict.LIVE || verdict == Verdict.DEAD || verdict == Verdict.REFUSED;
      if (telling && !when.beyondStatus() && control == null) {
        each.problem(
            "verdict",
            "a status alone proves nothing: say what a header or the body holds,"
                + " or add a 'control'");
      }
      answers.add(new ProbeAnswer(when, verdict, each.text("detail", detail(verdict))));
      each.finish();
    }
    if (answers.isEmpty()) {
      probe.problem("answers", "no 'answers'");
    }
    Told identity = probe.mapping("identity").map(this::told).orElse(Told.NOTHING);
    probe.finish();
    return new Probe(before, call, answers, identity);
  }

  private List<Step> before(Set<String> given) {
    return before(given, "before");
  }

  private List<Step> before(Set<String> given, String name) {
    always.addAll(given);
    return find(name);
  }

  private static String detail(Verdict verdict) {
    return switch (verdict) {
      case DEAD, REFUSED -> "unknown or revoked";
      case LIVE_RESTRICTED -> "lacks the right for this question";
      case LIVE_BLOCKED -> "stopped by a policy";
      case UNKNOWN -> "an answer that does not tell";
      case LIVE, LIVE_NO_CREDIT, DEAD_LEAKED, NEXT -> "";
    };
  }

  private Told told(Fields identity) {
    var told =
        new Told(
            extract(identity, "owner"),
            extract(identity, "tenant"),
            extract(identity, "key"),
            extract(identity, "scopes"),
            extract(identity, "created"),
            extract(identity, "expires"),
            extract(identity, "last-used"));
    certain(identity, "tenant", told.tenant());
    identity.finish();
    return told;
  }

  private Session session(Fields session) {
    boolean asked = Stream.of(Method.values()).anyMatch(each -> session.has(label(each)));
    Call call = asked ? calls.read(session, known()) : null;
    var take = new LinkedHashMap<String, Extract>();
    session.mapping("take").ifPresent(all -> take(all, take));
    if (take.isEmpty()) {
      session.problem("take", "no 'take': what later calls need of the answer");
    }
    session.finish();
    return new Session(call, take);
  }

  private TenantCall tenant(Fields tenant) {
    boolean asked = Stream.of(Method.values()).anyMatch(each -> tenant.has(label(each)));
    Call call = asked ? calls.read(tenant, known()) : null;
    var read =
        new TenantCall(
            call,
            extract(tenant, "id"),
            extract(tenant, "name"),
            tenant.oneOf("listed", Descriptor.Listed.values(), Descriptor.Listed.ONE),
            tenant.oneOf("same-as", SameAs.values(), SameAs.NOTHING));
    if (read.id().places().isEmpty()) {
      tenant.problem("id", "no 'id'");
    }
    certain(tenant, "id", read.id());
    if (!asked && read.names().isEmpty()) {
      tenant.problem("id", "without a call only the operator's credential can tell");
    }
    tenant.finish();
    return read;
  }

  private static void certain(Fields from, String name, Extract tenant) {
    if (tenant.places().stream().anyMatch(place -> place.matches("/(?:.*/)?\\d+(?:/.*)?"))) {
      from.problem(name, "the first of a list is not certain: * is every one, which must agree");
    }
  }

  private static String label(Method method) {
    return method.name().toLowerCase(Locale.ROOT);
  }

  private List<Step> find(String name) {
    var steps = new ArrayList<Step>();
    for (Fields step : fields.mappings(name)) {
      Paging paging = step.mapping("page").map(this::paging).orElse(new Paging.Whole());
      Call call = calls.read(step, known("token", "page"));
      boolean pages = call.names().contains("page");
      boolean wanted = !(paging instanceof Paging.Whole || paging instanceof Paging.Next);
      if (pages != wanted) {
        step.problem("page", "'page' and {page} go together");
      }
      var take = new LinkedHashMap<String, Extract>();
      step.mapping("take").ifPresent(all -> take(all, take));
      boolean entries = step.has("entries");
      if (entries && step.has("items")) {
        step.problem("entries", "a listing is one of 'items' and 'entries'");
      }
      steps.add(
          new Step(
              call,
              statuses(step, "absent"),
              step.optional(entries ? "entries" : "items").orElse(null),
              entries ? Descriptor.Shape.ENTRIES : Descriptor.Shape.ELEMENTS,
              take,
              match(step),
              paging));
      always.addAll(take.keySet());
      step.finish();
    }
    return steps;
  }

  private Match match(Fields step) {
    Optional<Fields> match = step.mapping("match");
    if (match.isEmpty()) {
      return Match.ALL;
    }
    Fields is = match.get();
    var read =
        new Match(
            templates(is, "equal"),
            templates(is, "where-known"),
            extract(is, "redacted"),
            extract(is, "prefix"),
            extract(is, "suffix"),
            is.has("nothing") ? Match.Certainty.NOTHING_TO_COMPARE : Match.Certainty.COMPARED);
    is.finish();
    return read;
  }

  private Map<String, Template> templates(Fields from, String name) {
    var all = new LinkedHashMap<String, Template>();
    from.map(name).forEach((pointer, text) -> all.put(pointer, Template.of(text)));
    for (Template template : all.values()) {
      calls.checkNames(from, name, template.names(), known("token"));
    }
    return all;
  }

  private Paging paging(Fields page) {
    Paging paging;
    if (page.has("cursor")) {
      paging = new Paging.Cursor(extract(page, "cursor"), page.text("more", ""));
    } else if (page.has("offset")) {
      page.number("offset", 1);
      paging = new Paging.Offset();
    } else if (page.has("number")) {
      paging = new Paging.Pages(page.number("number", 1));
    } else if (page.has("next")) {
      paging = new Paging.Next(extract(page, "next"));
    } else {
      page.problem("page", "'page' says cursor, offset, number or next");
      paging = new Paging.Whole();
    }
    page.finish();
    return paging;
  }

  private List<String> key(List<Step> find) {
    List<String> key = fields.texts("key");
    if (key.isEmpty() && !find.isEmpty()) {
      key = List.of("key");
    }
    for (String name : key) {
      if (!always.contains(name)) {
        fields.problem(
            fields.names().contains("key") ? "key" : "find",
            "nothing gives '" + name + "', which the id of a key is made of");
      }
    }
    return key;
  }

  private Ending ending(
      DescriptorReader.Unconfirmed unconfirmed,
      boolean off,
      @Nullable TenantCall tenant,
      List<Step> find,
      List<String> key) {
    var actions = new EnumMap<Action, ActionCall>(Action.class);
    String byHand = fields.text("by-hand", "");
    Set<String> mayUse = known("token", "tokens");
    mayUse.addAll(key);
    boolean left = false;
    for (Action action : Action.values()) {
      Optional<Fields> call = fields.mapping(action.name().toLowerCase(Locale.ROOT));
      if (call.isEmpty()) {
        continue;
      }
      boolean skip =
          off || unconfirmed(call.get()) && unconfirmed == DescriptorReader.Unconfirmed.LEFT_OUT;
      ActionCall read = action(call.get(), mayUse);
      if (usesAdmin(read.call()) && tenant == null) {
        call.get().problem("answers", "no 'tenant': whom the operator's credential acts for");
      }
      if (skip) {
        left = true;
      } else {
        actions.put(action, read);
      }
    }
    if (actions.containsKey(Action.DISABLE) != actions.containsKey(Action.ENABLE)) {
      fields.problem("disable", "'disable' and 'enable' go together");
    }
    if (actions.isEmpty() && byHand.isEmpty()) {
      if (left || off) {
        byHand = UNCONFIRMED;
      } else {
        fields.problem("kind", "neither 'revoke' nor 'disable' nor 'by-hand'");
      }
    }
    if (find.isEmpty() && actions.values().stream().anyMatch(each -> !byValue(each.call()))) {
      fields.problem("find", "a call takes neither the token nor a key that was found");
    }
    return new Ending(actions, byHand);
  }

  private boolean byValue(Call call) {
    Set<String> names = call.names();
    return names.contains("token")
        || names.contains("tokens")
        || names.stream().anyMatch(always::contains)
        || names.stream().anyMatch(name -> name.startsWith("part:"));
  }

  private static boolean usesAdmin(Call call) {
    return call.names().stream()
        .anyMatch(
            name -> name.equals("caller") || name.equals("admin") || name.startsWith("admin:"));
  }

  private ActionCall action(Fields call, Set<String> mayUse) {
    Call read = calls.read(call, mayUse);
    var answers = new ArrayList<ActionAnswer>();
    for (Fields each : call.mappings("answers")) {
      Condition when = condition(each);
      if (!each.has("result")) {
        each.problem("result", "no 'result'");
      }
      var result = each.oneOf("result", Descriptor.Result.values(), Descriptor.Result.UNCLEAR);
      answers.add(new ActionAnswer(when, result, each.text("detail", "")));
      each.finish();
    }
    if (answers.stream().noneMatch(each -> each.result() == Descriptor.Result.ACCEPTED)) {
      call.problem("answers", "no answer with the result 'accepted'");
    }
    RateLimit limit = call.mapping("limit").map(DescriptorReader::limit).orElse(null);
    call.finish();
    return new ActionCall(read, limit, answers);
  }

  private int batch(Map<Action, ActionCall> actions) {
    int batch = fields.number("batch", 1);
    boolean list =
        actions.values().stream().allMatch(each -> each.call().names().contains("tokens"));
    if (batch > 1 && !list) {
      fields.problem("batch", "a batch needs " + Call.BATCH + " in the body of each call");
    }
    return Math.max(1, batch);
  }

  private Condition condition(Fields answer) {
    return new Condition(
        statuses(answer, "status"),
        expectations(answer, "headers"),
        expectations(answer, "json"),
        answer.text("text", ""),
        answer.oneOf("body", Condition.Form.values(), Condition.Form.ANY));
  }

  private static List<Integer> statuses(Fields fields, String name) {
    var statuses = new ArrayList<Integer>();
    for (String text : fields.texts(name)) {
      if (text.matches("[1-5]\\d\\d")) {
        statuses.add(Integer.parseInt(text));
      } else {
        fields.problem(name, "'" + text + "' is no status");
      }
    }
    return statuses;
  }

  private static Map<String, Condition.Expectation> expectations(Fields answer, String name) {
    var all = new LinkedHashMap<String, Condition.Expectation>();
    answer
        .mapping(name)
        .ifPresent(
            map -> {
              for (String place : map.open().keySet()) {
                if (name.equals("json") && !place.isEmpty() && !place.startsWith("/")) {
                  map.problem(place, "a JSON pointer begins with /: " + place);
                } else {
                  all.put(place, expectation(map, place));
                }
              }
            });
    return all;
  }

  private static Condition.Expectation expectation(Fields map, String place) {
    if (map.tree(place) instanceof YamlTree.Mapping) {
      Fields special = map.mapping(place).orElseThrow();
      Condition.Expectation read =
          special.has("contains")
              ? new Condition.Expectation.Containing(special.text("contains", ""))
              : special.text("present", "").equals("true")
                  ? new Condition.Expectation.Present()
                  : new Condition.Expectation.Absent();
      if (!special.has("contains") && !special.text("present", "").matches("true|false")) {
        map.problem(place, "here goes a text, a list, {contains: …} or {present: true or false}");
      }
      special.finish();
      return read;
    }
    return new Condition.Expectation.OneOf(map.texts(place));
  }

  private void take(Fields all, Map<String, Extract> take) {
    for (String name : List.copyOf(all.names())) {
      if (!name.matches("[a-z][a-z0-9-]*")) {
        all.problem(name, "a name is lower case: " + name);
      }
      take.put(name, extract(all, name));
    }
  }

  private Extract extract(Fields from, String name) {
    List<String> places = from.texts(name);
    for (String place : places) {
      if (place.startsWith("/") || place.startsWith("header:") || place.isEmpty()) {
        continue;
      }
      Template template = Template.of(place);
      if (template.constant()) {
        from.problem(name, "a JSON pointer, header:NAME, or a text with {…}: " + place);
      } else {
        calls.checkNames(from, name, template.names(), known("token"));
      }
    }
    return new Extract(places);
  }

  private Set<String> known(String... more) {
    var known = new HashSet<>(always);
    known.add(Asker.SERVER);
    known.addAll(Set.of(more));
    return known;
  }
}
