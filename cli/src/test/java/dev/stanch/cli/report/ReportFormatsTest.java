package dev.stanch.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stanch.fixtures.Golden;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What each format makes of one of everything, and of nothing.
final class ReportFormatsTest {
  private static final Golden GOLDEN = Golden.in("report");

  @AfterAll
  static void knowsEveryGolden() {
    GOLDEN.assertNoOrphans();
  }

  @ParameterizedTest
  @EnumSource(ReportFormat.class)
  void tellsEverything(ReportFormat format) {
    GOLDEN.check("everything." + format, facts(write(format, SampleReport.everything())));
  }

  @ParameterizedTest
  @EnumSource(ReportFormat.class)
  void tellsThatThereIsNothing(ReportFormat format) {
    GOLDEN.check("nothing." + format, facts(write(format, SampleReport.nothing())));
  }

  /// A text without the style and the script that each page brings, and their digests.
  private static String facts(String text) {
    return text.replaceAll("(?s)(<style>|<script>).*?(</style>|</script>)", "$1$2")
        .replaceAll("'sha256-[^']*'", "'sha256-…'");
  }

  @Test
  void coloursOnlyWhatItIsToldTo() {
    var report = SampleReport.everything();
    GOLDEN.check(
        "everything.colour.text",
        write(new TextReport(Path.of("/srv/app"), true, Tokens.HIDDEN), report));
    assertThat(write(ReportFormat.TEXT, report)).doesNotContain("\u001b");
  }

  /// Whatever a file is called, no format lets it move a cursor, end a line or turn the text
  /// around.
  @ParameterizedTest
  @EnumSource(ReportFormat.class)
  void lettersOfHostileNamesNeverAct(ReportFormat format) {
    String text = write(format, SampleReport.everything());
    assertThat(text.codePoints().filter(Printable::acts).filter(c -> c != '\n' && c != '\r'))
        .isEmpty();
    assertThat(text.lines()).noneMatch(line -> line.startsWith("::"));
    if (format != ReportFormat.CSV) {
      assertThat(text).doesNotContain("\r");
    }
  }

  @ParameterizedTest
  @EnumSource(ReportFormat.class)
  void tellsTheSameFactsInEachFormat(ReportFormat format) {
    String text = write(format, SampleReport.everything()).replace("\\", "");
    assertThat(text)
        .contains("hf_…wxyz", "main.py", "db.yml", "pay.js", "NPM_TOKEN", "private/id")
        .contains("permission denied");
  }

  @Test
  void writesJsonThatItsSchemasKnow() {
    var schemas = new Schemas();
    for (var report : new Report[] {SampleReport.everything(), SampleReport.nothing()}) {
      schemas.valid("report", write(ReportFormat.JSON, report));
      for (String line : write(ReportFormat.JSONL, report).lines().toList()) {
        assertThat(line).startsWith("{\"type\":\"");
        String type = line.substring(9, line.indexOf('"', 9));
        schemas.valid(type, line);
      }
    }
  }

  @Test
  void showsTokensOnlyWhereItIsGivenThem() {
    Tokens all = id -> java.util.Optional.of("shown " + id.value().charAt(3));
    String json = write(new JsonReport(all), SampleReport.everything());
    new Schemas().valid("report", json);
    assertThat(json).contains("\"secret\" : \"shown a\"");
    assertThat(write(new TextReport(Path.of("/srv/app"), false, all), SampleReport.everything()))
        .contains("secret  shown a");
  }

  @Test
  void writesSarifThatTheStandardKnows() {
    Schemas.validSarif(write(ReportFormat.SARIF, SampleReport.everything()));
    Schemas.validSarif(write(ReportFormat.SARIF, SampleReport.nothing()));
  }

  /// The parts of GitLab's schema 15.0.4 that it rejects a report for.
  @Test
  void writesWhatGitlabDemands() throws IOException {
    var root = new ObjectMapper().readTree(write(ReportFormat.GITLAB, SampleReport.everything()));
    assertThat(root.path("version").asText()).matches("\\d+\\.\\d+\\.\\d+");
    var scan = root.path("scan");
    assertThat(scan.path("type").asText()).isEqualTo("secret_detection");
    assertThat(scan.path("status").asText()).isIn("success", "failure");
    for (String time : new String[] {"start_time", "end_time"}) {
      assertThat(scan.path(time).asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");
    }
    for (String tool : new String[] {"analyzer", "scanner"}) {
      for (String field : new String[] {"id", "name", "version"}) {
        assertThat(scan.path(tool).path(field).asText()).isNotEmpty();
      }
      assertThat(scan.path(tool).path("vendor").path("name").asText()).isNotEmpty();
    }
    scan.path("messages")
        .forEach(
            message -> {
              assertThat(message.path("level").asText()).isIn("info", "warn", "fatal");
              assertThat(message.path("value").asText()).isNotEmpty();
            });
    assertThat(root.path("vulnerabilities")).hasSize(6);
    assertThat(root.path("vulnerabilities").findValuesAsText("id")).doesNotHaveDuplicates();
    root.path("vulnerabilities")
        .forEach(
            one -> {
              assertThat(one.path("name").asText().length()).isLessThanOrEqualTo(255);
              assertThat(one.path("severity").asText()).isIn("Low", "Medium", "High", "Critical");
              assertThat(one.path("identifiers")).isNotEmpty();
              assertThat(one.path("location").path("commit").path("sha").asText()).isNotEmpty();
              assertThat(one.path("location").path("start_line").isInt()).isTrue();
            });
  }

  @Test
  void writesJunitThatParses() throws Exception {
    for (var report : new Report[] {SampleReport.everything(), SampleReport.nothing()}) {
      var xml = write(ReportFormat.JUNIT, report);
      var suite =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
              .getElementsByTagName("testsuite")
              .item(0);
      var element = (org.w3c.dom.Element) suite;
      assertThat(element.getElementsByTagName("testcase").getLength())
          .isEqualTo(Integer.parseInt(element.getAttribute("tests")));
      assertThat(element.getElementsByTagName("failure").getLength())
          .isEqualTo(Integer.parseInt(element.getAttribute("failures")));
    }
  }

  @Test
  void writesHtmlInWhichNothingActsButItsOwnScript() {
    String html = write(ReportFormat.HTML, SampleReport.everything());
    assertThat(html).contains("default-src 'none'").doesNotContain("onclick", "href=", "src=\"");
    assertThat(html.split("<script", -1)).hasSize(2);
  }

  @Test
  void leavesNoFormulaForASpreadsheet() {
    for (String line : write(ReportFormat.CSV, SampleReport.everything()).lines().toList()) {
      for (String cell : line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)) {
        assertThat(cell.replaceFirst("^\"", "")).doesNotStartWith("=").doesNotStartWith("@");
      }
    }
  }

  private static String write(ReportFormat format, Report report) {
    Path folder = Path.of("/srv/app");
    return write(
        switch (format) {
          case TEXT -> new TextReport(folder, false, Tokens.HIDDEN);
          case BRIEF -> TextReport.brief(folder, false);
          case JSON -> new JsonReport(Tokens.HIDDEN);
          case JSONL -> new JsonLinesReport();
          case SARIF -> new SarifReport("1.2.3", _ -> Optional.empty());
          case CSV -> new CsvReport();
          case JUNIT -> new JunitReport(folder);
          case GITLAB -> new GitlabReport("1.2.3");
          case HTML -> new HtmlReport(folder);
          case MD -> new MarkdownReport(folder);
        },
        report);
  }

  private static String write(ReportWriter writer, Report report) {
    var out = new StringWriter();
    try {
      writer.write(report, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }
}
