package dev.stanch.revokers.plan;

import static dev.stanch.revokers.plan.JsonFields.instant;
import static dev.stanch.revokers.plan.JsonFields.integer;
import static dev.stanch.revokers.plan.JsonFields.list;
import static dev.stanch.revokers.plan.JsonFields.object;
import static dev.stanch.revokers.plan.JsonFields.oneOf;
import static dev.stanch.revokers.plan.JsonFields.optional;
import static dev.stanch.revokers.plan.JsonFields.text;
import static dev.stanch.revokers.plan.JsonFields.texts;
import static dev.stanch.revokers.plan.JsonFields.time;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.Severity;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Guidance;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.SinkAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Plans and steps as JSON (docs/schema/plan.json). Fields have one order, so that equal plans are
/// equal texts.
public final class PlanJson {
  private static final String SCHEMA = "1";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

  private PlanJson() {}

  /// The plan in one line: what its hash is made of.
  static String line(Plan plan) {
    return tree(plan).toString();
  }

  /// The plan for a file.
  public static String pretty(Plan plan) {
    return document(plan).toPrettyString() + "\n";
  }

  /// The same as a tree.
  public static ObjectNode document(Plan plan) {
    return tree(plan).put("hash", plan.hash());
  }

  /// Reads a plan.
  ///
  /// @throws PlanException when the text is none, or one that was changed after it was made
  public static Plan read(String text) throws PlanException {
    try {
      JsonNode tree = JSON.readTree(text);
      if (tree == null
          || !tree.path("type").asText().equals("plan")
          || !tree.path("schema").asText().equals(SCHEMA)) {
        throw new PlanException("not a plan of this version");
      }
      var plan =
          new Plan(
              time(tree, "createdAt"),
              list(
                  tree,
                  "acting",
                  one ->
                      new Plan.Acting(
                          text(one, "provider"), text(one, "tenant"), text(one, "text"))),
              texts(tree, "warnings"),
              list(tree, "steps", PlanJson::step),
              list(
                  tree,
                  "choices",
                  one ->
                      new Plan.Choice(
                          texts(one, "tokens").stream().map(TokenId::new).toList(),
                          list(one, "keys", PlanJson::key))));
      if (!tree.path("hash").asText("").equals(plan.hash())) {
        throw new PlanException("its hash is not that of its content");
      }
      return plan;
    } catch (JsonProcessingException _) {
      throw new PlanException("not JSON");
    } catch (IllegalArgumentException e) {
      throw new PlanException(String.valueOf(e.getMessage()));
    }
  }

  private static ObjectNode tree(Plan plan) {
    ObjectNode tree = NODES.objectNode();
    tree.put("type", "plan");
    tree.put("schema", SCHEMA);
    tree.put("createdAt", plan.createdAt().toString());
    var acting = tree.putArray("acting");
    for (Plan.Acting one : plan.acting()) {
      acting
          .addObject()
          .put("provider", one.provider())
          .put("tenant", one.tenant())
          .put("text", one.text());
    }
    texts(tree, "warnings", plan.warnings());
    var steps = tree.putArray("steps");
    int number = 0;
    for (Step step : plan.steps()) {
      steps.add(step(step).put("number", ++number));
    }
    if (!plan.choices().isEmpty()) {
      var choices = tree.putArray("choices");
      for (Plan.Choice choice : plan.choices()) {
        ObjectNode one = choices.addObject();
        texts(one, "tokens", choice.tokens().stream().map(TokenId::value).toList());
        var keys = one.putArray("keys");
        choice.keys().forEach(key -> keys.add(key(key)));
      }
    }
    return tree;
  }

  /// One step.
  public static ObjectNode step(Step step) {
    ObjectNode tree = NODES.objectNode();
    switch (step) {
      case Step.Act act -> {
        tree.put("do", act.verb());
        act(tree, act);
      }
      case Step.Rotate rotate -> {
        tree.put("do", rotate.verb());
        rotation(tree, rotate);
        tree.put("then", rotate.revocation().verb());
        act(tree, rotate.revocation());
      }
      case Step.ByHand byHand -> {
        tree.put("do", "by-hand");
        tree.put("why", byHand.why());
        Guidance guide = byHand.guide();
        if (guide != null) {
          ObjectNode guidance = tree.putObject("guidance");
          guidance.put("link", guide.link());
          texts(guidance, "steps", guide.steps());
          guidance.put("who", guide.who());
        }
      }
      case Step.Blocked blocked -> tree.put("do", "blocked").put("why", blocked.why());
      case Step.Nothing nothing -> tree.put("do", "nothing").put("why", nothing.why());
    }
    subject(tree, step.subject());
    return tree;
  }

  private static void act(ObjectNode tree, Step.Act act) {
    tree.put("irreversible", act.irreversible());
    tree.put("key", act.keyId());
    optional(tree, "keyTenant", act.tenant());
    texts(tree, "collateral", act.collateral());
    texts(tree, "otherwise", act.otherwise());
    tree.put("batch", act.batch());
    if (act.chosen() != null) {
      tree.set("chosen", key(act.chosen()));
    }
    if (!act.after().isEmpty()) {
      texts(tree, "after", act.after().stream().map(TokenId::value).toList());
    }
  }

  private static ObjectNode key(ListedKey key) {
    ObjectNode tree = NODES.objectNode().put("key", key.id());
    optional(tree, "name", key.name());
    optional(tree, "createdAt", key.createdAt());
    optional(tree, "lastUsedAt", key.lastUsedAt());
    return tree;
  }

  private static ListedKey key(JsonNode tree) {
    return new ListedKey(
        text(tree, "key"),
        optional(tree, "name"),
        instant(tree, "createdAt"),
        instant(tree, "lastUsedAt"));
  }

  private static void rotation(ObjectNode tree, Step.Rotate rotate) {
    ObjectNode mint = tree.putObject("mint");
    switch (rotate.minting()) {
      case Step.Minting.ByCall(Rotator.Manner manner, String how) ->
          mint.put("by", "call").put("manner", manner.label()).put("how", how);
      case Step.Minting.ByPerson(String why) -> mint.put("by", "person").put("how", why);
    }
    var sinks = tree.putArray("sinks");
    for (Step.PlannedSink sink : rotate.sinks()) {
      ObjectNode one =
          sinks.addObject().put("kind", sink.address().kind()).put("where", sink.address().where());
      if (!sink.address().part().isEmpty()) {
        one.put("part", sink.address().part());
      }
      optional(one, "updatedAt", sink.updatedAt());
    }
    tree.put("soak", rotate.soak().toString());
    if (rotate.revokesFirst()) {
      tree.put("first", rotate.first());
    }
    var uncovered = tree.putArray("uncovered");
    for (Step.Uncovered each : rotate.uncovered()) {
      ObjectNode one = uncovered.addObject();
      one.set("place", PlaceJson.tree(each.place()));
      one.put("inUse", each.inUse());
    }
    tree.put("waits", !rotate.byHandFirst().isEmpty());
  }

  /// Reads one step.
  public static Step step(JsonNode tree) {
    Subject subject = subject(tree);
    return switch (text(tree, "do")) {
      case "revoke" -> act(tree, subject, Action.REVOKE);
      case "disable" -> act(tree, subject, Action.DISABLE);
      case "withdraw" -> act(tree, subject, Action.WITHDRAW);
      case "rotate" -> rotate(tree, subject);
      case "by-hand" -> new Step.ByHand(subject, text(tree, "why"), guidance(tree));
      case "blocked" -> new Step.Blocked(subject, text(tree, "why"));
      case "nothing" -> new Step.Nothing(subject, text(tree, "why"));
      default -> throw new MalformedException("do", "not a value of this version");
    };
  }

  private static Step.Act act(JsonNode tree, Subject subject, Action action) {
    return new Step.Act(
        subject,
        action,
        text(tree, "key"),
        optional(tree, "keyTenant"),
        texts(tree, "collateral"),
        texts(tree, "otherwise"),
        integer(tree, "batch"),
        tree.hasNonNull("chosen") ? object(tree, "chosen", PlanJson::key) : null,
        tree.has("after") ? texts(tree, "after").stream().map(TokenId::new).toList() : List.of());
  }

  private static Step rotate(JsonNode tree, Subject subject) {
    Action last =
        switch (text(tree, "then")) {
          case "revoke" -> Action.REVOKE;
          case "disable" -> Action.DISABLE;
          default -> throw new IllegalArgumentException("a rotation that ends in no known way");
        };
    JsonNode mint = tree.path("mint");
    Step.Minting minting =
        switch (text(mint, "by")) {
          case "call" ->
              new Step.Minting.ByCall(Rotator.Manner.of(text(mint, "manner")), text(mint, "how"));
          case "person" -> new Step.Minting.ByPerson(text(mint, "how"));
          default -> throw new IllegalArgumentException("a key that nobody known mints");
        };
    var sinks = new ArrayList<Step.PlannedSink>();
    for (JsonNode one : tree.path("sinks")) {
      String part = optional(one, "part");
      sinks.add(
          new Step.PlannedSink(
              new SinkAddress(text(one, "kind"), text(one, "where"), part == null ? "" : part),
              instant(one, "updatedAt")));
    }
    String first = optional(tree, "first");
    return new Step.Rotate(
        act(tree, subject, last),
        minting,
        sinks,
        Duration.parse(text(tree, "soak")),
        first == null ? "" : first,
        list(
            tree,
            "uncovered",
            one ->
                new Step.Uncovered(
                    PlaceJson.place(one.path("place")), one.path("inUse").asBoolean())));
  }

  private static @Nullable Guidance guidance(JsonNode tree) {
    JsonNode guidance = tree.path("guidance");
    return guidance.isObject()
        ? new Guidance(text(guidance, "link"), texts(guidance, "steps"), text(guidance, "who"))
        : null;
  }

  private static void subject(ObjectNode tree, Subject subject) {
    tree.put("token", subject.token().value());
    tree.put("redacted", subject.redacted());
    tree.put("provider", subject.provider().value());
    tree.put("rule", subject.rule());
    tree.put("severity", subject.severity().label());
    tree.put("group", subject.group().label());
    tree.put("verdict", subject.verdict());
    optional(tree, "detail", subject.detail());
    Identity identity = subject.identity();
    optional(tree, "owner", identity.owner());
    optional(tree, "tenant", identity.tenant());
    optional(tree, "keyId", identity.keyId());
    texts(tree, "scopes", identity.scopes());
    optional(tree, "keyCreatedAt", identity.createdAt());
    optional(tree, "expiresAt", identity.expiresAt());
    optional(tree, "lastUsedAt", identity.lastUsedAt());
    optional(tree, "exposedSince", subject.exposedSince().orElse(null));
    var places = tree.putArray("places");
    subject.places().forEach(place -> places.add(PlaceJson.tree(place)));
    if (!subject.due().isEmpty()) {
      texts(tree, "due", subject.due());
    }
    Advice advice = subject.advice();
    if (advice != null) {
      tree.set("replacement", AdviceJson.tree(advice));
    }
  }

  private static Subject subject(JsonNode tree) {
    return new Subject(
        new TokenId(text(tree, "token")),
        text(tree, "rule"),
        new ProviderId(text(tree, "provider")),
        text(tree, "redacted"),
        oneOf(tree, "severity", Severity.class),
        oneOf(tree, "group", Group.class),
        text(tree, "verdict"),
        optional(tree, "detail"),
        new Identity(
            optional(tree, "owner"),
            optional(tree, "tenant"),
            optional(tree, "keyId"),
            texts(tree, "scopes"),
            instant(tree, "keyCreatedAt"),
            instant(tree, "expiresAt"),
            instant(tree, "lastUsedAt")),
        list(tree, "places", PlaceJson::place),
        tree.has("due") ? texts(tree, "due") : List.of(),
        AdviceJson.advice(tree.path("replacement")));
  }
}
