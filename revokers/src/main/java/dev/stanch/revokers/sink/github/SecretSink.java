package dev.stanch.revokers.sink.github;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.Method;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.detectors.http.Request;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.sink.StoreAnswers;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A secret that GitHub keeps: nobody reads it back, but GitHub says when it was written.
final class SecretSink implements Sink {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;[^,]*\\brel=\"?next\"?");
  private static final String SELECTED = "selected";

  /// More repositories than any organization gives one secret to, by hundreds.
  private static final int MOST_PAGES = 100;

  private final SinkAddress address;
  private final BaseUrl base;
  private final SecretStore.SecretPath path;
  private final String name;
  private final AdminVariable variable;
  private final ProviderContext context;
  private final SecureRandom random = new SecureRandom();

  SecretSink(
      SinkAddress address,
      BaseUrl base,
      SecretStore.SecretPath path,
      String name,
      AdminVariable variable,
      ProviderContext context) {
    this.address = requireNonNull(address, "address");
    this.base = base;
    this.path = path;
    this.name = name;
    this.variable = variable;
    this.context = context;
  }

  @Override
  public SinkAddress address() {
    return address;
  }

  private static Request authorised(Request request, Secret token, RevealPermit permit) {
    return token
        .reveal(permit, request::bearer)
        .header("Accept", "application/vnd.github+json")
        .header("X-GitHub-Api-Version", "2022-11-28");
  }

  /// A request for something in the store.
  private Request request(Method method, String part, Secret token, RevealPermit permit) {
    var values = new ArrayList<>(path.values());
    values.add(part);
    return authorised(
        Request.of(method, base, path.template() + "/{}", values.toArray(String[]::new)),
        token,
        permit);
  }

  @Override
  public State look(Value old, @Nullable Value fresh, RevealPermit permit)
      throws InterruptedException {
    Secret token = context.credentials().find(variable).orElse(null);
    return token == null ? StoreAnswers.lacking(variable) : state(told(token, permit));
  }

  private Outcome told(Secret token, RevealPermit permit) throws InterruptedException {
    return context.http().send(request(Method.GET, name, token, permit));
  }

  private State state(Outcome outcome) {
    if (outcome instanceof Answer answer && answer.status() == 200) {
      return answer
          .value("updated_at")
          .flatMap(SecretSink::instant)
          .<State>map(State.WriteOnly::new)
          .orElse(new State.Unclear("an answer without a time"));
    }
    // GitHub hides what a credential may not see in the same way.
    return outcome instanceof Answer answer && answer.status() == 404
        ? new State.Missing("there is no such secret, or GH_TOKEN may not see it")
        : StoreAnswers.unread(outcome, variable);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  @Override
  public Delivery deliver(Value old, Value fresh, State seen, RevealPermit permit)
      throws InterruptedException {
    Secret token = context.credentials().find(variable).orElse(null);
    if (token == null) {
      return new Delivery.Refused(variable.name() + " is not set");
    }
    Outcome told = told(token, permit);
    if (!(told instanceof Answer secret) || secret.status() != 200) {
      return StoreAnswers.unwritten(told, variable);
    }
    if (!seen.equals(state(secret))) {
      return new Delivery.Changed(
          "it was written at " + secret.value("updated_at").orElse("an unknown time"));
    }
    Outcome key = context.http().send(request(Method.GET, "public-key", token, permit));
    if (!(key instanceof Answer publicKey) || publicKey.status() != 200) {
      return StoreAnswers.unwritten(key, variable);
    }
    ObjectNode body = JSON.createObjectNode();
    Optional<Delivery> unread = sealInto(body, publicKey, fresh, permit);
    if (unread.isEmpty() && secret.value("visibility").isPresent()) {
      unread = showTo(body, secret, token, permit);
    }
    return unread.isPresent()
        ? unread.get()
        : delivery(context.http().send(request(Method.PUT, name, token, permit).json(body)));
  }

  private Delivery delivery(Outcome outcome) {
    return outcome instanceof Answer answer && (answer.status() == 201 || answer.status() == 204)
        ? new Delivery.Delivered("")
        : StoreAnswers.unwritten(outcome, variable);
  }

  private Optional<Delivery> sealInto(
      ObjectNode body, Answer publicKey, Value fresh, RevealPermit permit) {
    Optional<String> id = publicKey.value("key_id");
    try {
      byte[] recipient = Base64.getDecoder().decode(publicKey.value("key").orElse(""));
      byte[] box = fresh.secret().reveal(permit, bytes -> SealedBox.seal(bytes, recipient, random));
      body.put("encrypted_value", Base64.getEncoder().encodeToString(box));
    } catch (IllegalArgumentException _) {
      return Optional.of(new Delivery.Refused("an answer without a public key"));
    }
    id.ifPresent(it -> body.put("key_id", it));
    return id.isPresent()
        ? Optional.empty()
        : Optional.of(new Delivery.Refused("an answer without a public key"));
  }

  /// A secret of an organization is told anew with each value who sees it: those who did.
  private Optional<Delivery> showTo(
      ObjectNode body, Answer secret, Secret token, RevealPermit permit)
      throws InterruptedException {
    String visibility = secret.value("visibility").orElse("");
    body.put("visibility", visibility);
    if (!visibility.equals(SELECTED)) {
      return Optional.empty();
    }
    ArrayNode ids = body.putArray("selected_repository_ids");
    String link = secret.value("selected_repositories_url").orElse("") + "?per_page=100";
    for (int page = 0; page < MOST_PAGES; page++) {
      Outcome outcome =
          context.http().send(authorised(Request.following(base, link), token, permit));
      if (!(outcome instanceof Answer answer)
          || answer.status() != 200
          || !answer.find("repositories").isArray()) {
        return Optional.of(StoreAnswers.unwritten(outcome, variable));
      }
      for (JsonNode repository : answer.find("repositories")) {
        ids.add(repository.path("id"));
      }
      Matcher next = NEXT.matcher(String.join(",", answer.headers("link")));
      if (!next.find()) {
        return Optional.empty();
      }
      link = next.group(1);
    }
    return Optional.of(new Delivery.Refused("too many repositories see it to be listed"));
  }

  @Override
  public Activation activate(RevealPermit permit) {
    return new Activation.ByHand(
        List.of("run again what uses the secret " + name + ", and see that it passes"));
  }
}
