package dev.stanch.revokers.provider.plain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.Method;
import dev.stanch.detectors.http.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A request as a provider documents it, with values to be filled in.
///
/// @param base the name of the base URL below which `path` lies
/// @param basic `user:password` of HTTP basic authentication; null for none
/// @param encoding how the fields of `form` are sent
/// @param json the body, or the variables of a GraphQL query; null for none
/// @param graphql a query, in which braces are its own; null for none
/// @param signature how it is signed; null where it carries its credential
record Call(
    Method method,
    String base,
    Template path,
    Map<String, Template> query,
    Map<String, Template> headers,
    @Nullable Template basic,
    Map<String, Template> form,
    FormEncoding encoding,
    @Nullable JsonNode json,
    @Nullable String graphql,
    @Nullable Signature signature) {
  private static final String BOUNDARY = "stanch-form-field-boundary";

  /// A value that is JSON itself: a list that is handed on as it was.
  private static final Pattern RAW = Pattern.compile("\\{[^{}|]+\\|raw}");

  private static final JsonMapper JSON = new JsonMapper();

  private static final Pattern NUMBER = Pattern.compile("\\{[^{}|]+\\|number}");

  /// The two ways of sending a form.
  enum FormEncoding {
    URLENCODED,
    MULTIPART
  }

  /// At the end of the name of a field in JSON or a form: it is left out where its value is not
  /// there.
  private static final String IF_ANY = "?";

  /// In a JSON body, the values of all tokens of a batch.
  static final String BATCH = "{tokens}";

  Call {
    // In the order of the documentation, which Map.copyOf would not keep.
    query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    form = Collections.unmodifiableMap(new LinkedHashMap<>(form));
  }

  /// Every value that it needs.
  Set<String> names() {
    var names = new TreeSet<>(path.names());
    query.values().forEach(template -> names.addAll(template.names()));
    headers.values().forEach(template -> names.addAll(template.names()));
    form.values().forEach(template -> names.addAll(template.names()));
    if (basic != null) {
      names.addAll(basic.names());
    }
    if (json != null) {
      collect(json, names);
    }
    if (signature != null) {
      names.addAll(signature.names());
    }
    return names;
  }

  /// Whether it signs in with more than the token: what stands beside it, or the operator's. Then a
  /// refusal may be of either.
  boolean provesMoreThanTheToken() {
    var names = new TreeSet<String>();
    headers.values().forEach(template -> names.addAll(template.names()));
    form.values().forEach(template -> names.addAll(template.names()));
    if (basic != null) {
      names.addAll(basic.names());
    }
    if (json != null) {
      collect(json, names);
    }
    return names.stream().anyMatch(name -> name.startsWith("part:"))
        || names().stream().anyMatch(name -> name.startsWith("admin"));
  }

  private static void collect(JsonNode node, Set<String> names) {
    if (node.isTextual()) {
      names.addAll(Template.of(node.asText()).names());
    }
    node.forEach(child -> collect(child, names));
  }

  /// Whether all that it needs is there.
  boolean fills(Values values) {
    var templates = new ArrayList<Template>(query.values());
    templates.add(path);
    templates.addAll(headers.values());
    templates.addAll(form.values());
    if (basic != null) {
      templates.add(basic);
    }
    return templates.stream().allMatch(template -> template.fill(values).isPresent())
        && (json == null || filled(json, values, List.of()).isPresent());
  }

  /// The request; empty when one of its values is not there. Query parameters and JSON fields that
  /// are nothing but a missing `{page}` are left out: the first page.
  ///
  /// @param tokens the tokens of a batch
  Optional<Request> fill(BaseUrl url, Values values, List<String> tokens) {
    Optional<List<String>> parts = path.parts(values);
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    Request request = Request.of(method, url, path.skeleton(), parts.get().toArray(String[]::new));
    for (var entry : query.entrySet()) {
      Optional<String> value = entry.getValue().fill(values);
      if (value.isPresent()) {
        request = request.query(entry.getKey(), value.get());
      } else if (!isPage(entry.getValue().toString())) {
        return Optional.empty();
      }
    }
    for (var entry : headers.entrySet()) {
      Optional<String> value = entry.getValue().fill(values);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      request = request.header(entry.getKey(), value.get());
    }
    if (basic != null) {
      Optional<String> pair = basic.fill(values);
      if (pair.isEmpty()) {
        return Optional.empty();
      }
      int colon = pair.get().indexOf(':');
      request =
          request.basic(
              pair.get().substring(0, colon), pair.get().substring(colon + 1).getBytes(ISO_8859_1));
    }
    Optional<Request> whole = withBody(request, values, tokens);
    return signature == null
        ? whole
        : whole.flatMap(each -> signature.signer(values).map(each::signed));
  }

  private Optional<Request> withBody(Request request, Values values, List<String> tokens) {
    if (graphql != null) {
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("query", graphql);
      if (json == null) {
        return Optional.of(request.json(body));
      }
      return filled(json, values, tokens)
          .map(variables -> request.json(body.set("variables", variables)));
    }
    if (json != null) {
      return filled(json, values, tokens).map(request::json);
    }
    if (form.isEmpty()) {
      return Optional.of(request);
    }
    var fields = new LinkedHashMap<String, String>();
    for (var entry : form.entrySet()) {
      Optional<String> value = entry.getValue().fill(values);
      if (value.isPresent()) {
        fields.put(withoutMark(entry.getKey()), value.get());
      } else if (!entry.getKey().endsWith(IF_ANY)) {
        return Optional.empty();
      }
    }
    return Optional.of(
        switch (encoding) {
          case URLENCODED -> request.form(fields);
          case MULTIPART ->
              request.body("multipart/form-data; boundary=" + BOUNDARY, multipart(fields));
        });
  }

  private static byte[] multipart(Map<String, String> fields) {
    var body = new StringBuilder();
    fields.forEach(
        (name, value) ->
            body.append("--" + BOUNDARY + "\r\n")
                .append("Content-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
    return body.append("--" + BOUNDARY + "--\r\n").toString().getBytes(ISO_8859_1);
  }

  private static String withoutMark(String name) {
    return name.endsWith(IF_ANY) ? name.substring(0, name.length() - IF_ANY.length()) : name;
  }

  private static boolean isPage(String text) {
    return text.equals("{page}");
  }

  private static Optional<JsonNode> parsed(String text) {
    try {
      return Optional.of(JSON.readTree(text));
    } catch (JsonProcessingException _) { // its message repeats the text
      return Optional.empty();
    }
  }

  private static Optional<JsonNode> filled(JsonNode node, Values values, List<String> tokens) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    if (node.isTextual()) {
      if (node.asText().equals(BATCH)) {
        ArrayNode all = make.arrayNode();
        tokens.forEach(all::add);
        return Optional.of(all);
      }
      if (RAW.matcher(node.asText()).matches()) {
        return Template.of(node.asText()).fill(values).flatMap(Call::parsed);
      }
      boolean number = NUMBER.matcher(node.asText()).matches();
      return Template.of(node.asText())
          .fill(values)
          .filter(text -> !number || text.matches("\\d{1,18}"))
          .map(text -> number ? make.numberNode(Long.parseLong(text)) : TextNode.valueOf(text));
    }
    if (node.isArray()) {
      ArrayNode all = make.arrayNode();
      for (JsonNode element : node) {
        Optional<JsonNode> filled = filled(element, values, tokens);
        if (filled.isEmpty()) {
          return Optional.empty();
        }
        all.add(filled.get());
      }
      return Optional.of(all);
    }
    if (node.isObject()) {
      ObjectNode all = make.objectNode();
      for (var entry : node.properties()) {
        Optional<JsonNode> filled = filled(entry.getValue(), values, tokens);
        if (filled.isPresent()) {
          all.set(withoutMark(entry.getKey()), filled.get());
        } else if (!entry.getKey().endsWith(IF_ANY) && !isPage(entry.getValue().asText())) {
          return Optional.empty();
        }
      }
      return Optional.of(all);
    }
    return Optional.of(node);
  }
}
