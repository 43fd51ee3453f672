package dev.stanch.revokers.advice;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.google.re2j.Pattern;
import dev.stanch.detectors.rule.LinearPattern;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Code;
import dev.stanch.revokers.spi.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/// Advisers that are data.
public final class Advisers {
  private static final String FOLDER = "/dev/stanch/revokers/advice/";
  private static final int MOST_ALIASES = 1000;
  private static final JsonMapper MAPPER = mapper();
  private static final Scripts KEPT = new Scripts();

  private Advisers() {}

  /// The adviser for a provider, if there is a file for it. Reads the file when it is first asked
  /// for advice.
  public static Optional<Adviser> of(String provider) {
    return Advisers.class.getResource(FOLDER + provider + ".yml") == null
        ? Optional.empty()
        : Optional.of(new BookAdviser(() -> book(provider), KEPT));
  }

  /// An adviser that says the same of every token.
  ///
  /// @param classic kinds of tokens, by rule or scope, as in a book
  /// @param wide likewise
  public static Adviser of(Advice advice, List<String> classic, List<String> wide) {
    return new Constant(advice, new Kinds(classic, wide));
  }

  private record Constant(Advice advice, Kinds kinds) implements Adviser {
    @Override
    public Advice advise(Verification verification, Code code) {
      return advice;
    }

    @Override
    public Reach reach(String rule, Collection<String> scopes) {
      return kinds.reach(rule, scopes);
    }
  }

  /// The book of a provider.
  ///
  /// @throws IllegalArgumentException when it has a mistake; the message names the field
  static Book book(String provider) {
    String file = FOLDER + provider + ".yml";
    try (InputStream in = Advisers.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + file);
      }
      return MAPPER.convertValue(yaml().load(in), Book.class);
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  private static JsonMapper mapper() {
    var expressions = new SimpleModule();
    expressions.addDeserializer(Pattern.class, new Expression());
    return JsonMapper.builder()
        .addModule(expressions)
        .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  /// Jackson's own reader knows no aliases, which spare the books saying the same lists again. All
  /// scalars are texts: `on` is a name here, not a truth.
  private static Yaml yaml() {
    var options = new LoaderOptions();
    options.setMaxAliasesForCollections(MOST_ALIASES);
    options.setAllowDuplicateKeys(false);
    return new Yaml(
        new SafeConstructor(options),
        new Representer(new DumperOptions()),
        new DumperOptions(),
        options,
        new Resolver() {
          @Override
          protected void addImplicitResolvers() {
            // Nothing is guessed.
          }
        });
  }

  /// Expressions run in linear time, whatever the code that they are held against.
  private static final class Expression extends StdDeserializer<Pattern> {
    private static final long serialVersionUID = 1;

    Expression() {
      super(Pattern.class);
    }

    @Override
    public Pattern deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      try {
        return LinearPattern.compile(parser.getText(), Rule.Origin.BUILT_IN);
      } catch (LinearPattern.UnusableException e) {
        throw context.weirdStringException(
            parser.getText(), Pattern.class, String.valueOf(e.getMessage()));
      }
    }
  }
}
