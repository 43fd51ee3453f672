package dev.stanch.revokers.provider.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.http.HostPolicy;
import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.HttpSettings;
import dev.stanch.detectors.http.Limiter;
import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.detectors.rule.Rule;
import dev.stanch.detectors.rule.RuleTables;
import dev.stanch.fixtures.FakeKey;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.fixtures.Fault;
import dev.stanch.revokers.contract.ProviderContract;
import dev.stanch.revokers.provider.plain.DescriptorReader.Unconfirmed;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Revoker;
import dev.stanch.revokers.spi.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT) // silent hosts are waited for
final class PlainProvidersTest {
  private static final Path FOLDER = Path.of("src/main/resources/dev/stanch/revokers/providers");
  private static final Path FAKES =
      Path.of("../test-fixtures/src/main/resources/dev/stanch/fixtures/providers");

  /// Providers of tokens that only their operators' own rules find.
  private static final Set<String> FOR_OTHERS_RULES = Set.of("oauth");

  private static final String UNCONFIRMED = "-unconfirmed";

  private final PlainProviders providers = new PlainProviders();

  @Test
  void indexesNameWhatTheFoldersHold() throws IOException {
    assertThat(Files.readAllLines(FOLDER.resolve("index"))).isEqualTo(files(FOLDER));
    assertThat(Files.readAllLines(FAKES.resolve("index"))).isEqualTo(files(FAKES));
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yml"))
          .map(name -> name.substring(0, name.length() - ".yml".length()))
          .sorted()
          .toList();
    }
  }

  /// A kind that names another provider's rule, or none, would never see a token.
  @Test
  void kindsNameRulesOfTheirOwnProvider() {
    RuleTables rules = RuleTables.builtIn();
    var found = new HashMap<String, Set<String>>();
    for (int i = 0; i < rules.ruleCount(); i++) {
      Rule rule = rules.rule(i);
      found.computeIfAbsent(rule.provider().value(), _ -> new HashSet<>()).add(rule.id().value());
    }
    for (ProviderId id : providers.ids()) {
      PlainProviders.read(id.value(), Unconfirmed.TAKEN)
          .takes()
          .forEach(
              (parent, children) ->
                  assertThat(found.getOrDefault(id.value(), Set.of()))
                      .as("what dies with %s of %s", parent, id.value())
                      .contains(parent)
                      .containsAll(children));
      for (Descriptor.Kind kind : PlainProviders.read(id.value(), Unconfirmed.TAKEN).kinds()) {
        if (FOR_OTHERS_RULES.contains(id.value()) && kind.rules().isEmpty()) {
          continue;
        }
        assertThat(found.getOrDefault(id.value(), Set.of()))
            .as("%s, %s", id.value(), kind.name())
            .isNotEmpty()
            .containsAll(kind.rules());
      }
    }
  }

  /// These providers alone with `-Dprovider=ID,ID`.
  static boolean wanted(ProviderId id) {
    List<String> only = List.of(System.getProperty("provider", "").split(",", -1));
    return only.equals(List.of("")) || only.contains(id.value());
  }

  @TestFactory
  Stream<DynamicTest> keepTheContract() throws IOException {
    var tests = Stream.<DynamicTest>builder();
    for (ProviderId id : providers.ids()) {
      if (FakeProvider.ids().contains(id.value()) && wanted(id)) {
        Provider provider = providers.find(id).orElseThrow();
        ProviderContract.casesOf(provider, id.value(), fake -> environment(id.value(), fake))
            .forEach(tests);
      }
    }
    return tests.build();
  }

  /// What is off unless the operator wants it is held to a fake of its own.
  @TestFactory
  Stream<DynamicTest> keepTheContractWithTheirUnconfirmedParts() throws IOException {
    var tests = Stream.<DynamicTest>builder();
    for (ProviderId id : providers.ids()) {
      String fake = id.value() + UNCONFIRMED;
      if (FakeProvider.ids().contains(fake) && wanted(id)) {
        ProviderContract.casesOf(
                providers.find(id).orElseThrow(),
                fake,
                each -> {
                  var environment = new HashMap<>(environment(id.value(), each));
                  environment.put("STANCH_UNCONFIRMED", id.value());
                  return environment;
                })
            .forEach(tests);
      }
    }
    return tests.build();
  }

  @TestFactory
  Stream<DynamicTest> readWithTheirUnconfirmedParts() {
    return providers.ids().stream()
        .map(ProviderId::value)
        .map(
            id ->
                DynamicTest.dynamicTest(
                    id,
                    () ->
                        assertThat(PlainProviders.read(id, Unconfirmed.TAKEN).id()).isEqualTo(id)));
  }

  @Test
  void aHostThatIsAwaySaysNothingAboutTheOthers() throws Exception {
    Provider slack = providers.find(new ProviderId("slack")).orElseThrow();
    try (var fake = new FakeProvider("slack")) {
      var environment = new HashMap<>(environment("slack", fake));
      environment.put("STANCH_SLACK_HOOKS_URL", "http://127.0.0.1:1");
      var http =
          new Http(
              new Transport(Map.of(), "test", Time.system(), new SplittableRandom(1)),
              HostPolicy.of(slack.hosts(), List.of()),
              new Limiter(slack.limit(), Time.system()),
              HttpSettings.usual().withAttempts(1));
      var context =
          new ProviderContext(http, environment, _ -> Optional.empty(), InstantSource.system());
      assertThat(slack.verifier(context).orElseThrow().control())
          .isInstanceOf(Verifier.Control.Genuine.class);
      fake.breakDown(Fault.PORTAL);
      assertThat(slack.verifier(context).orElseThrow().control())
          .isInstanceOf(Verifier.Control.Suspect.class);
    }
  }

  /// What a lost journal is made anew from where the tokens are gone too.
  @Test
  void listsTheKeysOfAnAccountWithoutAnyToken() throws Exception {
    try (var fake = new FakeProvider("anthropic")) {
      fake.pages(100);
      FakeKey live = fake.key("live");
      String id = live.fields().path("id").asText();
      assertThat(listed(fake)).contains(id);
      fake.end(live.token());
      assertThat(listed(fake)).isNotEmpty().doesNotContain(id);
    }
  }

  private Set<String> listed(FakeProvider fake) throws Exception {
    Provider provider = providers.find(new ProviderId(fake.id())).orElseThrow();
    var http =
        new Http(
            new Transport(Map.of(), "test", Time.system(), new SplittableRandom(1)),
            HostPolicy.of(provider.hosts(), List.of()),
            new Limiter(provider.limit(), Time.system()),
            HttpSettings.usual());
    var secret = fake.key("admin").token().getBytes(StandardCharsets.ISO_8859_1);
    var context =
        new ProviderContext(
            http,
            environment(fake.id(), fake),
            _ -> Optional.of(new Secret(secret.clone())),
            InstantSource.system());
    Revoker.Listing listing =
        provider.revoker(context).orElseThrow().listing(RevealPermit.grant("list keys"));
    assertThat(listing).isInstanceOf(Revoker.Listing.Keys.class);
    return ((Revoker.Listing.Keys) listing).ids();
  }

  /// Points every base URL of a descriptor at the fake, where the fake answers for that URL.
  static Map<String, String> environment(String id, FakeProvider fake) {
    Descriptor descriptor = PlainProviders.read(id, Unconfirmed.LEFT_OUT);
    var environment = new HashMap<String, String>();
    FakeKey first = fake.keys().isEmpty() ? null : fake.keys().getFirst();
    var parts = new HashMap<String, String>();
    fake.keys().forEach(key -> key.parts().forEach(parts::putIfAbsent));
    Values known = name -> Optional.ofNullable(parts.get(name.replaceFirst("^part:", "")));
    for (Descriptor.Kind kind : first == null ? List.<Descriptor.Kind>of() : descriptor.kinds()) {
      known = known.or(Asker.token(kind, first.token(), Values.NONE));
    }
    for (Descriptor.Base base : descriptor.bases().values()) {
      String url =
          base.urls().isEmpty()
              ? "https://"
                  + parts.getOrDefault("host", "self-hosted.example")
                  + (base.equals(descriptor.bases().values().iterator().next())
                      ? ""
                      : "/" + base.name())
              : base.urls().getFirst().fill(known).orElse("https://self-hosted.example");
      environment.put(Places.variable(descriptor, base), fake.base(url));
    }
    return environment;
  }
}
