package dev.stanch.revokers.provider.plain;

import dev.stanch.detectors.http.BadUrlException;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.HostPattern;
import dev.stanch.detectors.http.RateLimit;
import dev.stanch.detectors.rule.YamlTree;
import dev.stanch.revokers.advice.Advisers;
import dev.stanch.revokers.provider.plain.Descriptor.Base;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Guidance;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a descriptor and checks it. Gathers every mistake before it throws.
final class DescriptorReader {
  private static final Pattern ID = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");
  private static final Set<String> NOT_A_HOST =
      Set.of("token", "tokens", "admin", "caller", "page");
  private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s|m|h|d)");

  private final Fields.Problems problems;
  private final Unconfirmed unconfirmed;

  /// What becomes of parts that no source of the provider confirms.
  enum Unconfirmed {
    LEFT_OUT,
    TAKEN
  }

  private DescriptorReader(String file, Unconfirmed unconfirmed) {
    this.problems = new Fields.Problems(file);
    this.unconfirmed = unconfirmed;
  }

  /// The descriptor in a file.
  ///
  /// @throws DescriptorException with every mistake, each with file and line
  static Descriptor read(String file, String yaml, Unconfirmed unconfirmed) {
    var reader = new DescriptorReader(file, unconfirmed);
    Descriptor descriptor = null;
    try {
      if (YamlTree.parse(yaml) instanceof YamlTree.Mapping mapping) {
        descriptor = reader.descriptor(new Fields(mapping, reader.problems));
      } else {
        reader.problems.add(1, "a descriptor is a mapping");
      }
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      Matcher line = Pattern.compile("line (\\d+): (.*)").matcher(message);
      boolean placed = line.matches();
      reader.problems.add(
          placed ? Integer.parseInt(line.group(1)) : 1, placed ? line.group(2) : message);
    }
    if (descriptor == null || !reader.problems.all().isEmpty()) {
      throw new DescriptorException(reader.problems.all());
    }
    return descriptor;
  }

  private Descriptor descriptor(Fields fields) {
    String id = fields.needed("id");
    if (!ID.matcher(id).matches()) {
      fields.problem("id", "'id' is lower case, digits and hyphens");
    }
    String name = fields.needed("name");
    if (fields.texts("documentation").isEmpty()) {
      fields.problem("documentation", "no 'documentation': where the provider says all this");
    }
    Map<String, Base> bases = bases(fields);
    List<AdminVariable> admin = new ArrayList<>();
    for (Fields each : fields.mappings("admin")) {
      admin.add(
          new AdminVariable(
              each.needed("variable"),
              each.needed("right"),
              !each.text("listed", "true").equals("false"),
              each.oneOf("for", AdminVariable.Need.values(), AdminVariable.Need.ENDING)));
      each.finish();
    }
    RateLimit limit =
        fields.mapping("limit").map(DescriptorReader::limit).orElse(RateLimit.undocumented());
    Map<String, Descriptor.Assertion> assertions = assertions(fields);
    Guidance guidance = fields.mapping("guidance").map(DescriptorReader::guidance).orElse(null);
    Adviser replacement =
        fields.mapping("replacement").map(DescriptorReader::replacement).orElse(null);
    var kinds = new ArrayList<Descriptor.Kind>();
    List<String> operators = admin.stream().map(AdminVariable::name).toList();
    for (Fields each : fields.mappings("tokens")) {
      var calls = new CallReader(bases, operators, assertions.keySet());
      var reader = new KindReader(each, fields, calls);
      Descriptor.Kind kind = reader.read(unconfirmed);
      if (kind != null) {
        kinds.add(kind);
        if (!kind.byHand().isEmpty() && guidance == null) {
          each.problem("by-hand", "no 'guidance': a person must be told where to click");
        }
      }
    }
    if (kinds.isEmpty() && problems.all().isEmpty()) {
      fields.problem("tokens", "no 'tokens': the kinds of tokens and what to do with them");
    }
    var takes = new LinkedHashMap<String, Set<String>>();
    fields
        .mapping("takes")
        .ifPresent(
            all -> {
              for (String rule : List.copyOf(all.names())) {
                takes.put(rule, Set.copyOf(all.texts(rule)));
              }
              all.finish();
            });
    fields.finish();
    return new Descriptor(
        id, name, bases, limit, admin, assertions, kinds, takes, guidance, replacement);
  }

  private static Map<String, Descriptor.Assertion> assertions(Fields fields) {
    var assertions = new LinkedHashMap<String, Descriptor.Assertion>();
    fields
        .mapping("assertions")
        .ifPresent(
            all -> {
              for (String name : List.copyOf(all.names())) {
                all.mapping(name)
                    .ifPresent(one -> assertions.put(name, DescriptorReader.assertion(one)));
              }
            });
    return assertions;
  }

  private static Descriptor.Assertion assertion(Fields fields) {
    var claims = new LinkedHashMap<String, Template>();
    fields.map("claims").forEach((claim, text) -> claims.put(claim, Template.of(text)));
    var assertion =
        new Descriptor.Assertion(
            Template.of(fields.needed("key")), Template.of(fields.needed("key-id")), claims);
    fields.finish();
    return assertion;
  }

  private Map<String, Base> bases(Fields fields) {
    var bases = new LinkedHashMap<String, Base>();
    fields
        .mapping("bases")
        .ifPresent(
            all -> {
              for (String name : List.copyOf(all.names())) {
                all.mapping(name).ifPresent(base -> bases.put(name, base(name, base)));
              }
            });
    if (bases.isEmpty()) {
      fields.problem("bases", "no 'bases': where the provider's API begins");
    }
    return bases;
  }

  private Base base(String name, Fields fields) {
    var urls = new ArrayList<Template>();
    fields.optional("url").ifPresent(url -> urls.add(Template.of(url)));
    fields.texts("regions").forEach(url -> urls.add(Template.of(url)));
    var hosts = new ArrayList<HostPattern>();
    for (String host : fields.texts("hosts")) {
      try {
        hosts.add(HostPattern.parse(host));
      } catch (IllegalArgumentException e) {
        fields.problem("hosts", "'" + host + "' is " + e.getMessage());
      }
    }
    for (Template url : urls) {
      if (url.constant()) {
        checkUrl(fields, url.toString());
      } else if (hosts.isEmpty()) {
        fields.problem("url", "a host from a finding needs 'hosts' that it may be");
      } else if (url.names().stream().anyMatch(NOT_A_HOST::contains)) {
        fields.problem("url", "only {part:…} and pieces of the token may stand in a base URL");
      }
    }
    String variable = fields.text("variable", "");
    if (urls.isEmpty() && variable.isEmpty()) {
      fields.problem("url", "neither 'url' nor 'variable'");
    }
    fields.finish();
    return new Base(name, urls, variable, hosts);
  }

  private static void checkUrl(Fields fields, String url) {
    try {
      if (!BaseUrl.parse(url).scheme().equals("https")) {
        fields.problem("url", "a base URL begins with https://");
      }
    } catch (BadUrlException e) {
      fields.problem("url", String.valueOf(e.getMessage()));
    }
  }

  static RateLimit limit(Fields fields) {
    int requests = fields.number("requests", 1);
    Duration per = duration(fields, "per", Duration.ofSeconds(1));
    int concurrent = fields.number("concurrent", 0);
    fields.finish();
    if (requests < 1 || !per.isPositive()) {
      fields.problem("requests", "a limit allows something");
      return RateLimit.undocumented();
    }
    return concurrent > 0 ? new RateLimit(requests, per, concurrent) : RateLimit.of(requests, per);
  }

  private static Guidance guidance(Fields fields) {
    var guidance = new Guidance(fields.needed("link"), fields.texts("steps"), fields.needed("who"));
    fields.finish();
    return guidance;
  }

  /// Advice that reads no code: which of the provider's permissions are needed, a person must tell.
  private static Adviser replacement(Fields fields) {
    List<String> permissions = fields.texts("permissions");
    var steps = new ArrayList<String>(fields.texts("steps"));
    if (!permissions.isEmpty()) {
      steps.addFirst("choose what the code needs of: " + String.join(", ", permissions));
    }
    var advice =
        new Advice(
            fields.needed("summary"),
            List.of(),
            List.of(new Advice.Unclear("which permissions: code is not read for them", List.of())),
            fields.needed("link"),
            "",
            "",
            steps,
            null);
    Adviser adviser = Advisers.of(advice, fields.texts("classic"), fields.texts("wide"));
    fields.finish();
    return adviser;
  }

  /// A time such as `30s`, `15m`, `1h`.
  static Duration duration(Fields fields, String name, Duration otherwise) {
    Optional<String> text = fields.optional(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    Matcher time = TIME.matcher(text.get());
    if (!time.matches()) {
      fields.problem(name, "'" + name + "' is a time such as 30s, 15m or 1h");
      return otherwise;
    }
    long amount = Long.parseLong(time.group(1));
    return switch (time.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
