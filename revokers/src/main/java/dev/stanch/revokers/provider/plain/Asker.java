package dev.stanch.revokers.provider.plain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.detectors.http.RateLimit;
import dev.stanch.detectors.http.Request;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.provider.plain.Descriptor.ActionCall;
import dev.stanch.revokers.provider.plain.Descriptor.Kind;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.ProviderContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Fills calls in and sends them. What verifying and revoking have in common.
final class Asker {
  /// The host of the first base: whose keys they are, where a server belongs to one operator.
  static final String SERVER = "server";

  private final Descriptor descriptor;
  private final ProviderContext context;
  private final Places places;
  private final Map<ActionCall, Http> paced = new ConcurrentHashMap<>();

  Asker(Descriptor descriptor, ProviderContext context) {
    this.descriptor = descriptor;
    this.context = context;
    this.places = new Places(descriptor, context.environment());
  }

  Descriptor descriptor() {
    return descriptor;
  }

  ProviderContext context() {
    return context;
  }

  int regions() {
    return places.regions();
  }

  /// Whether a call goes where nothing but the text beside the token says.
  boolean goesWhereFindingSays(Call call) {
    return places.namedByFinding(call.base());
  }

  /// Which kind of token a finding is.
  Optional<Kind> kind(HeldFinding token, RevealPermit permit) {
    String rule = token.finding().rule().value();
    String text = text(token.secret(), permit);
    for (Kind kind : descriptor.kinds()) {
      boolean all = kind.rules().isEmpty() && kind.prefixes().isEmpty();
      if (all
          || kind.rules().contains(rule)
          || kind.prefixes().stream().anyMatch(text::startsWith)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /// The values of a finding's parts.
  static Values parts(Finding finding) {
    return name ->
        name.startsWith("part:")
            ? finding.parts().stream()
                .filter(part -> name.equals("part:" + part.name()))
                .map(Part::value)
                .findFirst()
            : Optional.empty();
  }

  /// The values of a token: itself, what stands in it, and the finding's parts.
  static Values token(Kind kind, String token, Values parts) {
    Values own =
        name -> {
          if (name.equals("token")) {
            return Optional.of(token);
          }
          if (name.startsWith("claim:")) {
            return Jwt.claim(token, name.substring("claim:".length()));
          }
          if (kind.parts() == null || !kind.parts().namedGroups().containsKey(name)) {
            return Optional.empty();
          }
          Matcher matcher = kind.parts().matcher(token);
          return matcher.matches() ? Optional.ofNullable(matcher.group(name)) : Optional.empty();
        };
    return own.or(parts);
  }

  static Values token(Kind kind, HeldFinding token, RevealPermit permit) {
    return token(kind, text(token.secret(), permit), parts(token.finding()));
  }

  /// The operator's own credentials.
  Values admin(RevealPermit permit) {
    return name -> {
      if (name.equals("admin")) {
        return descriptor.admin().stream()
            .map(variable -> context.credentials().find(variable))
            .flatMap(Optional::stream)
            .findFirst()
            .map(secret -> text(secret, permit));
      }
      if (name.equals(SERVER)) {
        return server();
      }
      return descriptor.admin().stream()
          .filter(variable -> name.equals("admin:" + variable.name()))
          .findFirst()
          .flatMap(variable -> context.credentials().find(variable))
          .map(secret -> text(secret, permit));
    };
  }

  private Optional<String> server() {
    String first = descriptor.bases().keySet().iterator().next();
    return places.at(first, 0, Values.NONE) instanceof Places.Place.At(var url)
        ? Optional.of(url.host())
        : Optional.empty();
  }

  /// The values of a token and of the operator, and who calls: the operator's first credential, or
  /// without one the token itself.
  Values acting(Kind kind, HeldFinding token, RevealPermit permit) {
    Values admin = admin(permit);
    Values both = token(kind, token, permit).or(admin);
    return both.or(
        name ->
            name.equals("caller")
                ? admin.find("admin").or(() -> both.find("token"))
                : Optional.empty());
  }

  /// The values of the operator alone, who calls for himself.
  Values operator(RevealPermit permit) {
    Values admin = admin(permit);
    return admin.or(name -> name.equals("caller") ? admin.find("admin") : Optional.empty());
  }

  /// The first of the operator's credentials that these names want and that is not set. Where a
  /// session is wanted, one of those that can be had will do.
  Optional<AdminVariable> missing(Kind kind, Set<String> names) {
    Optional<AdminVariable> directly = missing(names(names));
    if (directly.isPresent() || kind.sessions().isEmpty() || !wantsSession(kind, names)) {
      return directly;
    }
    Optional<AdminVariable> first = Optional.empty();
    for (String name : names) {
      List<Descriptor.Session> giving = giving(kind, name);
      if (giving.stream().anyMatch(session -> missing(names(session.names())).isEmpty())) {
        continue;
      }
      for (Descriptor.Session session : giving) {
        first = first.or(() -> missing(names(session.names())));
      }
    }
    return first;
  }

  /// The first value that a question about tokens of this kind needs and that nothing gives.
  Optional<String> lacking(Kind kind, Values values) {
    boolean first = true;
    for (Descriptor.Probe probe : kind.probes()) {
      var given = new TreeSet<>(Set.of("page"));
      kind.sessions().forEach(session -> given.addAll(session.take().keySet()));
      var wanted = new TreeSet<>(probe.call().names());
      for (Descriptor.Step step : probe.before()) {
        wanted.addAll(step.call().names());
        given.addAll(step.take().keySet());
      }
      // Later questions are asked where the first cannot tell, which it can of a made-up token.
      for (String name : names(wanted)) {
        boolean operators = name.equals("admin") || name.startsWith("admin:");
        if (!given.contains(name) && values.find(name).isEmpty() && (first || !operators)) {
          return Optional.of(name);
        }
      }
      Optional<AdminVariable> missing = first ? missing(kind, wanted) : Optional.empty();
      if (missing.isPresent()) {
        return missing.map(AdminVariable::name);
      }
      first = false;
    }
    return Optional.empty();
  }

  private static List<Descriptor.Session> giving(Kind kind, String name) {
    return kind.sessions().stream().filter(session -> session.take().containsKey(name)).toList();
  }

  private static boolean wantsSession(Kind kind, Set<String> names) {
    return kind.sessions().stream()
        .flatMap(session -> session.take().keySet().stream())
        .anyMatch(names::contains);
  }

  private Optional<AdminVariable> missing(Set<String> names) {
    for (AdminVariable variable : descriptor.admin()) {
      boolean wanted = names.contains("admin:" + variable.name());
      if (wanted && context.credentials().find(variable).isEmpty()) {
        return Optional.of(variable);
      }
    }
    return names.contains("admin") && !hasAdmin()
        ? Optional.of(descriptor.admin().getFirst())
        : Optional.empty();
  }

  /// Whether the operator has set a credential.
  boolean hasAdmin() {
    return descriptor.admin().stream()
        .anyMatch(variable -> context.credentials().find(variable).isPresent());
  }

  static String text(Secret secret, RevealPermit permit) {
    return secret.reveal(permit, bytes -> new String(bytes, ISO_8859_1));
  }

  /// What became of a call, or why it could not be made.
  sealed interface Sent {
    record Came(Outcome outcome) implements Sent {}

    record NotMade(String reason) implements Sent {}
  }

  /// Sends a call that asks: again where no answer comes, whatever its method.
  Sent send(Call call, int region, Values values) throws InterruptedException {
    return send(context.http(), call, region, values, List.of(), Request::repeatable);
  }

  /// Sends a call that changes something, once: whether it may be sent again is not known here. It
  /// keeps a pace of its own where it has one.
  Sent sendOnce(ActionCall call, int region, Values values, List<String> tokens)
      throws InterruptedException {
    RateLimit limit = call.limit();
    Http http =
        limit == null
            ? context.http()
            : paced.computeIfAbsent(call, _ -> context.http().pacedBesides(limit));
    return send(http, call.call(), region, values, tokens, Request::once);
  }

  private Sent send(
      Http http,
      Call call,
      int region,
      Values values,
      List<String> tokens,
      UnaryOperator<Request> repeat)
      throws InterruptedException {
    return switch (places.at(call.base(), region, values)) {
      case Places.Place.Nowhere(String reason) -> new Sent.NotMade(reason);
      case Places.Place.At(var url) -> {
        Values all = values.or(name -> assertion(name, values));
        Optional<Request> request = call.fill(url, all, tokens).map(repeat);
        yield request.isEmpty()
            ? new Sent.NotMade(lack(call, all))
            : new Sent.Came(http.send(request.get()));
      }
    };
  }

  private Optional<String> assertion(String name, Values values) {
    return Optional.ofNullable(descriptor.assertions().get(name))
        .flatMap(assertion -> Jwt.make(assertion, values, context.clock().instant()));
  }

  /// The values that a call needs, those of its assertions in place of them.
  private Set<String> names(Set<String> names) {
    var all = new TreeSet<String>();
    for (String name : names) {
      Descriptor.Assertion assertion = descriptor.assertions().get(name);
      all.addAll(assertion == null ? Set.of(name) : assertion.names());
    }
    return all;
  }

  private static String lack(Call call, Values values) {
    for (String name : call.names()) {
      if (!name.equals("page") && values.find(name).isEmpty()) {
        return name.startsWith("part:")
            ? "the finding has no " + name.substring("part:".length())
            : name.startsWith("admin:")
                ? name.substring("admin:".length()) + " is not set"
                : "nothing is known for '" + name + "'";
      }
    }
    return "a value is missing";
  }

  /// Whether a session could be had.
  sealed interface SignedIn {
    /// It could, or none was needed.
    ///
    /// @param values with the session's
    record With(Values values) implements SignedIn {}

    /// It could not.
    record Not(Sent why) implements SignedIn {
      /// What came in place of a session; null where nothing was asked.
      @Nullable Outcome outcome() {
        return why instanceof Sent.Came(var outcome) ? outcome : null;
      }

      String reason() {
        return "no session: "
            + switch (why) {
              case Sent.NotMade(String reason) -> reason;
              case Sent.Came(var outcome) -> outcome.reason();
            };
      }
    }
  }

  /// The values with a session's, where one of `names` is of a session.
  SignedIn withSession(Kind kind, Set<String> names, int region, Values values)
      throws InterruptedException {
    if (!wantsSession(kind, names)) {
      return new SignedIn.With(values);
    }
    Values known = values;
    for (String name : names) {
      List<Descriptor.Session> giving = giving(kind, name);
      if (giving.isEmpty() || known.find(name).isPresent()) {
        continue;
      }
      Values now = known;
      Optional<Descriptor.Session> first =
          giving.stream().filter(session -> opens(session, now)).findFirst();
      if (first.isEmpty()) {
        return new SignedIn.Not(new Sent.NotMade("no credential opens one"));
      }
      switch (open(first.get(), region, known)) {
        case SignedIn.With(var more) -> known = more;
        case SignedIn.Not not -> {
          return not;
        }
      }
    }
    return new SignedIn.With(known);
  }

  /// Whether all that a session needs is there, credentials of the right kind too.
  private boolean opens(Descriptor.Session session, Values values) {
    Values all = values.or(name -> assertion(name, values));
    return session.call() == null
        ? session.take().values().stream()
            .allMatch(take -> take.one(null, MissingNode.getInstance(), all).isPresent())
        : session.call().fills(all);
  }

  private SignedIn open(Descriptor.Session session, int region, Values values)
      throws InterruptedException {
    Answer answer = null;
    if (session.call() != null) {
      Sent sent = send(session.call(), region, values);
      if (!(sent instanceof Sent.Came(Answer came)) || came.status() / 100 != 2) {
        return new SignedIn.Not(sent);
      }
      answer = came;
    }
    JsonNode json = answer == null ? MissingNode.getInstance() : answer.json();
    var taken = new LinkedHashMap<String, String>();
    for (var entry : session.take().entrySet()) {
      Optional<String> value = entry.getValue().one(answer, json, values);
      if (value.isEmpty()) {
        return new SignedIn.Not(new Sent.NotMade("an answer without '" + entry.getKey() + "'"));
      }
      taken.put(entry.getKey(), value.get());
    }
    return new SignedIn.With(values.with(Map.copyOf(taken)));
  }
}
