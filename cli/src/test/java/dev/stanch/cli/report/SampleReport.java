package dev.stanch.cli.report;

import dev.stanch.detectors.model.Evidence;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.Fingerprint;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Location;
import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.RuleId;
import dev.stanch.detectors.model.Severity;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.scan.ScanResult;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reports for the tests of the formats: one of everything, and nothing at all.
final class SampleReport {
  /// What a hostile repository might call a file or an author: escape sequences, a turned reading
  /// direction, a line end, a formula, markup of every format.
  static final String HOSTILE =
      "=cmd|' /C calc'!A1\u001b]0;owned\u0007\u202Etxt.exe\r\n"
          + "::error::<script>\"'&`|](x)[y]@all\u2028]]>";

  private static final String RULES = "sha256:" + "5a".repeat(32);
  private static final Instant STARTED = Instant.parse("2026-03-01T12:00:00.250Z");

  private SampleReport() {}

  static Report everything() {
    return new Report(
        List.of(history(), checkout(), staged(), suppressed(), elsewhere(), hostile()),
        List.of(
            new InventoryEntry(
                "space-secret",
                "space:acme/chat",
                "OPENAI_API_KEY",
                Instant.parse("2024-03-01T10:00:00Z"),
                "set on 2024-03-01, the breach was on 2024-05-31"),
            new InventoryEntry("actions-secret", "github:acme/app", "DEPLOY_KEY", null, ""),
            new InventoryEntry("space-secret", HOSTILE, HOSTILE, null, HOSTILE)),
        List.of(
            new Skip(
                Skip.Kind.SKIPPED,
                "file:///srv/app/",
                "private/id",
                "unreadable: permission denied"),
            new Skip(Skip.Kind.EXCLUDED, "file:///srv/app/", "link", "a link"),
            new Skip(Skip.Kind.SKIPPED, "file:///srv/app/", HOSTILE, "unreadable: " + HOSTILE)),
        new Report.Summary(
            ScanResult.State.INCOMPLETE, 12_345_678, 4_321, 57, RULES, STARTED, 1.2346));
  }

  static Report nothing() {
    return new Report(
        List.of(),
        List.of(),
        new Report.Summary(ScanResult.State.COMPLETE, 17, 1, 0, RULES, STARTED, 0.0314));
  }

  private static ReportedFinding history() {
    return reported(
        finding(
            "huggingface-user-token",
            "Hugging Face user access token",
            "huggingface",
            Evidence.PREFIX,
            'a',
            "hf_…wxyz",
            0.98,
            List.of("prefix hf_", "length 37", "assigned to HF_TOKEN"),
            Severity.CRITICAL,
            List.of(),
            List.of(
                git("app/main.py", at(12, 9), "1a2b3c4d5e6f".repeat(3) + "1a2b", "Ann Ng", true),
                git("app/old main.py", at(3, 1), "9f8e7d6c5b4a".repeat(3) + "9f8e", "Bo", false),
                new Place(
                    new Provenance.GitMessage(
                        "file:///srv/app/",
                        "77".repeat(20),
                        "Ann Ng",
                        Instant.parse("2024-05-06T07:08:09Z"),
                        true),
                    at(2, 5),
                    List.of())),
            Finding.Status.NEW),
        new ReportedVerification(
            "live",
            "acme-bot",
            List.of("read", "write"),
            "seen by <whoami> | \u001b[1m",
            Instant.parse("2026-03-01T12:00:01Z"),
            "whoami-v2"));
  }

  private static ReportedFinding checkout() {
    return reported(
        finding(
            "aws-access-key",
            "AWS access key",
            "aws",
            Evidence.CHECKSUM,
            'b',
            "…",
            0.99,
            List.of("parts within 3 lines"),
            Severity.CRITICAL,
            List.of(new Part("id", "AKIA…"), new Part("account", "123456789012")),
            List.of(
                new Place(
                    new Provenance.File("file:///srv/app/", "conf/été.zip"),
                    at(1, 1),
                    List.of("zip:prod.env", "base64"))),
            Finding.Status.NEW),
        ReportedVerification.NOT_CHECKED);
  }

  private static ReportedFinding staged() {
    return reported(
        finding(
            "generic-password",
            "Password",
            "generic",
            Evidence.GENERIC,
            'c',
            "…",
            0.61,
            List.of("assigned to db_password"),
            Severity.MEDIUM,
            List.of(),
            List.of(
                new Place(
                    new Provenance.Git(
                        "file:///srv/app/", "db.yml", "b".repeat(40), null, null, null, false),
                    at(4, 14),
                    List.of())),
            Finding.Status.NEW),
        ReportedVerification.NOT_CHECKED);
  }

  private static ReportedFinding suppressed() {
    return reported(
        finding(
            "stripe-test-key",
            "Stripe test key",
            "stripe",
            Evidence.PREFIX,
            'd',
            "sk_test_…1234",
            0.95,
            List.of("prefix sk_test_"),
            Severity.LOW,
            List.of(),
            List.of(
                new Place(
                    new Provenance.File("file:///srv/app/", "test/pay.js"), at(8, 3), List.of())),
            Finding.Status.SUPPRESSED),
        ReportedVerification.NOT_CHECKED);
  }

  private static ReportedFinding elsewhere() {
    return reported(
        finding(
            "npm-access-token",
            "npm access token",
            "npm",
            Evidence.CHECKSUM,
            'e',
            "npm_…9876",
            0.99,
            List.of("checksum fits"),
            Severity.HIGH,
            List.of(),
            List.of(
                new Place(
                    new Provenance.Elsewhere("container-env", "web-1", "NPM_TOKEN"),
                    at(1, 1),
                    List.of()),
                new Place(new Provenance.Stream("standard input"), at(5, 2), List.of()),
                new Place(
                    new Provenance.GitConfig("file:///srv/app/", ".git/config"),
                    at(9, 8),
                    List.of())),
            Finding.Status.ACCEPTED),
        ReportedVerification.NOT_CHECKED);
  }

  private static ReportedFinding hostile() {
    return reported(
        finding(
            "user-rule",
            "A <b>rule</b> | of the user's",
            "generic",
            Evidence.CONTEXT,
            'f',
            "=…",
            0.5,
            List.of("beside `x`", "=1+1"),
            Severity.HIGH,
            List.of(new Part("host", HOSTILE)),
            List.of(git(HOSTILE, at(1, 1), "cd".repeat(20), HOSTILE, true)),
            Finding.Status.NEW),
        ReportedVerification.NOT_CHECKED);
  }

  private static Place git(
      String path, Location at, @Nullable String commit, String author, boolean inTips) {
    return new Place(
        new Provenance.Git(
            "file:///srv/app/",
            path,
            "b".repeat(40),
            commit,
            author,
            Instant.parse("2024-05-06T07:08:09Z"),
            inTips),
        at,
        List.of());
  }

  private static Location at(int line, int column) {
    return new Location(line, column, line, column + 37, 100L * line + column);
  }

  private static Finding finding(
      String rule,
      String name,
      String provider,
      Evidence evidence,
      char id,
      String redacted,
      double confidence,
      List<String> why,
      Severity severity,
      List<Part> parts,
      List<Place> places,
      Finding.Status status) {
    return new Finding(
        new RuleId(rule),
        name,
        new ProviderId(provider),
        evidence,
        new TokenId("v1:" + String.valueOf(id).repeat(26)),
        redacted,
        confidence,
        why,
        severity,
        "Whoever holds it can publish as the owner.",
        parts,
        places,
        status);
  }

  private static ReportedFinding reported(Finding finding, ReportedVerification verification) {
    return new ReportedFinding(
        finding,
        finding.places().stream()
            .map(
                place ->
                    Fingerprint.of(
                        finding.rule(),
                        "example.org/acme/app",
                        place.provenance().path(),
                        finding.token()))
            .sorted()
            .distinct()
            .toList(),
        verification);
  }
}
