package dev.stanch.revokers.provider.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.model.ProviderId;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.fixtures.Golden;
import dev.stanch.revokers.contract.Verdicts;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderCatalogue;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Writes docs/VERDICTS.md: every documented answer of each provider, with the verdict that it is
/// given.
final class VerdictsDocTest {
  private static final int SHOWN = 100;

  private final PlainProviders plain = new PlainProviders();

  @Test
  void everyDocumentedAnswerIsGivenItsVerdict() throws Exception {
    var all = new TreeMap<String, List<Verdicts.Row>>();
    for (ProviderId id : plain.ids()) {
      if (FakeProvider.ids().contains(id.value())) {
        ask(
            all,
            plain.find(id).orElseThrow(),
            fake -> PlainProvidersTest.environment(id.value(), fake));
      }
    }
    ask(
        all,
        inCode("huggingface"),
        fake -> Map.of("HF_ENDPOINT", fake.base("https://huggingface.co")));
    long wrong = all.values().stream().flatMap(List::stream).filter(row -> !row.right()).count();
    assertThat(wrong).isZero();
    Golden.checkFile(Path.of("../docs/VERDICTS.md"), page(all));
  }

  private static Provider inCode(String id) {
    return ProviderCatalogue.builtIn().find(id).orElseThrow();
  }

  private static void ask(
      Map<String, List<Verdicts.Row>> all,
      Provider provider,
      Function<FakeProvider, Map<String, String>> environment)
      throws Exception {
    String id = provider.id().value();
    all.put(id, Verdicts.of(provider, id, environment));
  }

  private static String page(Map<String, List<Verdicts.Row>> all) {
    var page = new StringBuilder();
    var total = new int[2];
    var rows = new StringBuilder();
    all.forEach(
        (id, told) -> {
          var lines = new LinkedHashSet<String>();
          for (Verdicts.Row row : told) {
            if (!row.answers().isEmpty()) {
              lines.add(
                  String.join(
                          ", then ", row.answers().stream().map(VerdictsDocTest::shown).toList())
                      + " **"
                      + row.given()
                      + "**"
                      + (row.who().isEmpty() ? " (no token gets it)" : ""));
            }
          }
          total[0]++;
          total[1] += lines.size();
          rows.append("| `")
              .append(id)
              .append("` | ")
              .append(lines.size())
              .append(" | ")
              .append(String.join("<br>", lines))
              .append(" |\n");
        });
    page.append("# Verdicts\n\n")
        .append(
            "Written and checked by `VerdictsDocTest`: every documented answer to the question"
                + " about a token, as the\n")
        .append("provider's fake gives it, and the verdict on it. ")
        .append(total[1])
        .append(" answers of ")
        .append(total[0])
        .append(" providers, 0 wrong.\n\n")
        .append(
            "Each provider is besides given pages, silence, broken and empty answers and JSON of"
                + " another's shape with the statuses\n")
        .append(
            "200, 400, 401, 403 and 404, once and lasting (`ProviderContract`): no live token is"
                + " called dead on any of them.\n\n")
        .append("| provider | answers | answer and verdict |\n| --- | --- | --- |\n")
        .append(rows);
    return page.toString();
  }

  private static String shown(String answer) {
    String cut = answer.length() > SHOWN ? answer.substring(0, SHOWN) + "…" : answer;
    return "`" + cut.replace("|", "\\|").replace('`', '\'').replace('\n', ' ') + "`";
  }
}
