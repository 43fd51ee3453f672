package dev.stanch.revokers.contract;

import dev.stanch.fixtures.FakeKey;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.fixtures.Fault;
import dev.stanch.fixtures.RecordedRequest;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.Verification;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// What a provider makes of every answer that its documentation has for a question about a token,
/// and of those that no documentation has.
public final class Verdicts {
  /// What no provider documents, without what every question is broken off at.
  static final Set<Fault> UNDOCUMENTED =
      EnumSet.complementOf(
          EnumSet.of(Fault.RATE_LIMITED, Fault.SILENCE, Fault.DRIP, Fault.ENDLESS, Fault.HEADERS));

  private Verdicts() {}

  /// One documented answer, or several to the questions that follow each other, and the verdict.
  ///
  /// @param who the role that was asked about; empty for an answer that no role of the contract
  ///   gets, which was forced
  /// @param answers as the contract writes them
  /// @param documented the verdict that the contract has; empty for a forced answer
  /// @param given the verdict that the provider gave
  public record Row(String who, List<String> answers, String documented, String given) {
    /// A row.
    public Row {
      answers = List.copyOf(answers);
    }

    /// Whether the verdict is the documented one; an answer that no token gets has none.
    public boolean right() {
      return who.isEmpty() || documented.equals(given);
    }
  }

  /// A provider's rows, with one that is data at its fake.
  public static List<Row> of(
      Provider provider, String fake, Function<FakeProvider, Map<String, String>> environment)
      throws Exception {
    var started = new FakeProvider(fake);
    try (var bench = new Bench(provider, started, environment.apply(started))) {
      return of(bench);
    }
  }

  static List<Row> of(Bench bench) throws InterruptedException {
    var rows = new ArrayList<Row>();
    var left = new LinkedHashSet<String>();
    var given = new LinkedHashSet<String>();
    for (FakeKey key : bench.fake().keys()) {
      if (!key.verdict().isEmpty()) {
        Asked asked = ask(bench, key);
        for (FakeProvider.GivenAnswer answer : asked.answers()) {
          left.addAll(answer.names());
          given.add(answer.name());
        }
        rows.add(asked.row(key.role(), key.verdict()));
      }
    }
    left.removeAll(given);
    rows.addAll(forced(bench, left));
    return rows;
  }

  /// A question about a token.
  private record Asked(Verification verdict, List<FakeProvider.GivenAnswer> answers) {
    Row row(String who, String documented) {
      return new Row(
          who,
          answers.stream().map(answer -> (answer.status() + " " + answer.body()).strip()).toList(),
          documented,
          verdict.verdict());
    }
  }

  /// The answers are those to the requests that carry the token: not those to the made-up one. Each
  /// is asked by somebody who has asked nothing before.
  private static Asked ask(Bench bench, FakeKey key) throws InterruptedException {
    bench.fake().forget();
    Verification verdict = bench.verifier().verify(bench.found(key), Bench.PERMIT);
    List<RecordedRequest> requests = bench.fake().requests();
    List<FakeProvider.GivenAnswer> answers = bench.fake().answers();
    var about = new ArrayList<FakeProvider.GivenAnswer>();
    for (int i = 0; i < Math.min(requests.size(), answers.size()); i++) {
      if (requests.get(i).toString().contains("<" + key.role() + ">")
          && !answers.get(i).call().isEmpty()) {
        about.add(answers.get(i));
      }
    }
    return new Asked(verdict, about);
  }

  private static List<Row> forced(Bench bench, Set<String> names) throws InterruptedException {
    var rows = new ArrayList<Row>();
    FakeKey live =
        bench.fake().keys().stream()
            .filter(key -> key.verdict().equals("live"))
            .findFirst()
            .orElse(null);
    for (String name : live == null ? Set.<String>of() : names) {
      bench.fake().insist(name);
      Asked asked = ask(bench, live);
      bench.fake().insist("");
      if (asked.answers().stream().anyMatch(answer -> answer.name().equals(name))) {
        rows.add(asked.row("", ""));
      }
    }
    return rows;
  }
}
