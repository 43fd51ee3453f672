package dev.stanch.revokers.provider.plain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.detectors.http.Method;
import dev.stanch.revokers.provider.plain.Descriptor.Base;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads requests out of descriptors.
final class CallReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PATH =
      Pattern.compile("(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|\\{})*)*");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]+");

  private final Map<String, Base> bases;
  private final List<String> admin;
  private final Set<String> assertions;

  /// @param admin names of the descriptor's admin variables
  /// @param assertions names of its assertions
  CallReader(Map<String, Base> bases, List<String> admin, Set<String> assertions) {
    this.bases = bases;
    this.admin = admin;
    this.assertions = assertions;
  }

  /// The request in these fields.
  ///
  /// @param known names that stand for something in it, beside the operator's and the finding's
  Call read(Fields fields, Set<String> known) {
    Method method = Method.GET;
    String path = null;
    for (Method each : Method.values()) {
      Optional<String> here = fields.optional(each.name().toLowerCase(Locale.ROOT));
      if (here.isPresent()) {
        if (path != null) {
          fields.problem(label(each), "one request has one method");
        }
        method = each;
        path = here.get();
      }
    }
    if (path == null) {
      fields.problem("get", "no request: one of get, post, put, patch, delete with its path");
      path = "";
    }
    Template at = Template.of(path);
    if (!PATH.matcher(at.skeleton()).matches()) {
      fields.problem(
          label(method),
          "a path begins with / and has no ? (parameters go under 'query'): " + path);
      at = Template.of("");
    }
    String first = bases.keySet().stream().findFirst().orElse("");
    String base = fields.text("base", first);
    if (!bases.isEmpty() && !bases.containsKey(base)) {
      fields.problem(
          "base", "no base '" + base + "'; there are " + String.join(", ", bases.keySet()));
    }
    var headers = templates(fields, "headers");
    for (String name : headers.keySet()) {
      if (!HEADER.matcher(name).matches()) {
        fields.problem("headers", "not the name of a header: " + name);
      }
    }
    fields
        .optional("bearer")
        .ifPresent(text -> headers.put("Authorization", Template.of("Bearer " + text)));
    Template basic = fields.optional("basic").map(Template::of).orElse(null);
    if (basic != null && !basic.toString().contains(":")) {
      fields.problem("basic", "'basic' is user:password");
    }
    Map<String, Template> form = templates(fields, "form");
    Map<String, Template> parts = templates(fields, "multipart");
    if (!form.isEmpty() && !parts.isEmpty()) {
      fields.problem("multipart", "a form is sent in one way: 'form' or 'multipart'");
    }
    String graphql = fields.optional("graphql").orElse(null);
    var call =
        new Call(
            method,
            base,
            at,
            templates(fields, "query"),
            headers,
            basic,
            form.isEmpty() ? parts : form,
            parts.isEmpty() ? Call.FormEncoding.URLENCODED : Call.FormEncoding.MULTIPART,
            json(fields, graphql == null ? "json" : "variables").orElse(null),
            graphql,
            fields.mapping("sign").map(CallReader::signature).orElse(null));
    checkNames(fields, label(method), call.names(), known);
    return call;
  }

  private static Signature signature(Fields fields) {
    Signature.Scheme scheme =
        fields.oneOf("scheme", Signature.Scheme.values(), Signature.Scheme.TC3);
    var values = new LinkedHashMap<String, Template>();
    for (String name : scheme.needs()) {
      values.put(name, Template.of(fields.needed(name)));
    }
    fields.finish();
    return new Signature(scheme, values);
  }

  private static String label(Method method) {
    return method.name().toLowerCase(Locale.ROOT);
  }

  /// Complains about names that stand for nothing.
  void checkNames(Fields fields, String at, Set<String> names, Set<String> known) {
    for (String name : names) {
      boolean fine =
          known.contains(name)
              || assertions.contains(name)
              || name.startsWith("part:")
              || name.startsWith("claim:") && known.contains("token")
              || name.startsWith("answer:") && known.contains("answer")
              || name.equals("caller") && known.contains("token") && !admin.isEmpty()
              || name.equals("admin") && !admin.isEmpty()
              || name.startsWith("admin:") && admin.contains(name.substring("admin:".length()));
      if (!fine) {
        fields.problem(at, "{" + name + "} stands for nothing here");
      }
    }
  }

  private static Map<String, Template> templates(Fields fields, String name) {
    var all = new LinkedHashMap<String, Template>();
    fields.map(name).forEach((key, text) -> all.put(key, Template.of(text)));
    return all;
  }

  private static Optional<JsonNode> json(Fields fields, String name) {
    Optional<String> text = fields.optional(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(text.get()));
    } catch (JsonProcessingException e) {
      fields.problem(name, "not JSON: " + e.getOriginalMessage());
      return Optional.empty();
    }
  }
}
