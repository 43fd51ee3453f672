package dev.stanch.revokers.provider.plain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.detectors.http.Request;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.provider.plain.Descriptor.Kind;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.ProviderContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;

/// Fills calls in and sends them. What verifying and revoking have in common.
final class Asker {
  /// The host of the first base: whose keys they are, where a server belongs to one operator.
  static final String SERVER = "server";

  private final Descriptor descriptor;
  private final ProviderContext context;
  private final Places places;

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

  /// The first of the operator's credentials that these names want and that is not set.
  Optional<AdminVariable> missing(Set<String> names) {
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
    return send(call, region, values, List.of(), Request::repeatable);
  }

  /// Sends a call that changes something, once: whether it may be sent again is not known here.
  Sent sendOnce(Call call, int region, Values values, List<String> tokens)
      throws InterruptedException {
    return send(call, region, values, tokens, Request::once);
  }

  private Sent send(
      Call call, int region, Values values, List<String> tokens, UnaryOperator<Request> repeat)
      throws InterruptedException {
    return switch (places.at(call.base(), region, values)) {
      case Places.Place.Nowhere(String reason) -> new Sent.NotMade(reason);
      case Places.Place.At(var url) -> {
        Optional<Request> request = call.fill(url, values, tokens).map(repeat);
        yield request.isEmpty()
            ? new Sent.NotMade(lack(call, values))
            : new Sent.Came(context.http().send(request.get()));
      }
    };
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
    Descriptor.Session session = kind.session();
    if (session == null || names.stream().noneMatch(session.take().keySet()::contains)) {
      return new SignedIn.With(values);
    }
    Sent sent = send(session.call(), region, values);
    if (!(sent instanceof Sent.Came(Answer answer)) || answer.status() / 100 != 2) {
      return new SignedIn.Not(sent);
    }
    var taken = new LinkedHashMap<String, String>();
    for (var entry : session.take().entrySet()) {
      Optional<String> value = entry.getValue().one(answer, answer.json(), values);
      if (value.isEmpty()) {
        return new SignedIn.Not(new Sent.NotMade("an answer without '" + entry.getKey() + "'"));
      }
      taken.put(entry.getKey(), value.get());
    }
    return new SignedIn.With(values.with(Map.copyOf(taken)));
  }
}
