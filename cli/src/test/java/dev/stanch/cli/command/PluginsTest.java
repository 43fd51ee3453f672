package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.security.auth.module.UnixSystem;
import dev.stanch.cli.CommandRun;
import dev.stanch.cli.ExitCode;
import dev.stanch.fixtures.FakeProvider;
import dev.stanch.fixtures.JarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A provider that an outsider built: loaded when its owner says so, and refused whenever somebody
/// else could have had a hand in it.
final class PluginsTest {
  private static final Path EXAMPLE = Path.of("../docs/example-plugin");
  private static final int REFUSED = ExitCode.REFUSED.value();
  private static final int USAGE = ExitCode.USAGE.value();

  @TempDir static Path built;
  @TempDir Path home;

  private FakeProvider fake;
  private Path folder;
  private Path jar;

  @BeforeAll
  static void build() throws IOException {
    Path classes = Files.createDirectory(built.resolve("classes"));
    JarBuilder.compile(
        classes, EXAMPLE.resolve("src/main/java"), EXAMPLE.resolve("src/main/resources"));
    JarBuilder.pack(built.resolve("acme.jar"), classes);
    Files.copy(EXAMPLE.resolve("as-data/acme-deploy.yml"), built.resolve("acme.yml"));
  }

  @BeforeEach
  void leak() throws IOException {
    fake =
        FakeProvider.of(
            Files.readString(
                EXAMPLE.resolve("src/test/resources/com/example/acme/acme-deploy.yml")));
    folder = Files.createDirectories(home.resolve(".config/stanch/plugins"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    jar = put("acme.jar");
    Files.writeString(
        home.resolve("app.env"), "ACME_TOKEN=" + fake.key("live").token() + System.lineSeparator());
    Files.copy(EXAMPLE.resolve("as-data/acme-rules.yml"), home.resolve("rules.yml"));
    Files.writeString(home.resolve(".config/stanch/config.yml"), "owners: [ada]\n");
  }

  private Path put(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.copy(built.resolve(name), file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return file;
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  private CommandRun stanch(String... args) {
    return CommandRun.in(home)
        .with("ACME_DEPLOY_URL", fake.base("https://deploy.acme.example"))
        .with("STANCH_TERMINALS", "")
        .run(args);
  }

  private CommandRun verify() {
    return stanch("verify", "--rules", "rules.yml", "--verify-context", "dir:app.env");
  }

  private static void refused(CommandRun run, String why) {
    assertThat(run.status()).as(run.err()).isEqualTo(REFUSED);
    assertThat(run.err()).contains("error: the plugin", why, "hint: ");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme.jar", "acme.yml"})
  void addsAProviderOnceItIsTrusted(String name) throws IOException {
    Files.delete(jar);
    Path file = put(name);
    CommandRun trust = stanch("plugins", "trust", file.toString());
    assertThat(trust.status()).as(trust.err()).isZero();
    assertThat(trust.out())
        .startsWith("trusted: " + name + "  sha256 ")
        .contains("acme-deploy: deploy.acme.example");
    assertThat(stanch("plugins", "list").out()).contains(name).endsWith("  trusted\n");
    assertThat(stanch("providers", "list").out()).contains("acme-deploy");
    assertThat(verify().out()).startsWith("live  acme-deploy").contains("ada (deploy, rollback)");

    CommandRun revoke =
        stanch(
            "plan",
            "--rules",
            "rules.yml",
            "--verify-context",
            "--format",
            "json",
            "--output",
            "plan.json",
            "dir:app.env");
    String hash =
        Files.readString(home.resolve("plan.json"))
            .replaceAll("(?s).*\"hash\" : \"([0-9a-f]+)\".*", "$1");
    assertThat(revoke.status()).as(revoke.err()).isEqualTo(ExitCode.FINDINGS.value());
    CommandRun applied =
        stanch(
            "revoke",
            "--rules",
            "rules.yml",
            "--verify-context",
            "--apply",
            "--plan",
            "plan.json",
            "--plan-hash",
            hash,
            "--proof-interval",
            "0",
            "dir:app.env");
    assertThat(applied.out()).as(applied.err()).contains("1 dead");
    assertThat(fake.key("live").state()).isEqualTo("revoked");
    assertThat(verify().out()).startsWith("dead  acme-deploy");
  }

  @Test
  void loadsAFolderThatTheCommandLineNames() throws IOException {
    Path elsewhere = Files.createDirectory(home.resolve("ours"));
    Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwx------"));
    Files.move(jar, elsewhere.resolve("acme.jar"));
    stanch("plugins", "trust", "ours/acme.jar");
    assertThat(verify().out()).startsWith("not-checked  acme-deploy");
    assertThat(
            stanch(
                    "verify",
                    "--plugins",
                    "ours",
                    "--rules",
                    "rules.yml",
                    "--verify-context",
                    "dir:app.env")
                .out())
        .startsWith("live  acme-deploy");
    assertThat(stanch("verify", "--plugins", "nowhere", "dir:app.env").status()).isEqualTo(USAGE);
  }

  @Test
  void refusesWhatNobodyTrusts() {
    refused(verify(), "acme.jar is not trusted");
    assertThat(stanch("plugins", "list").out()).endsWith("  untrusted\n");
    assertThat(fake.requests()).isEmpty();
  }

  @Test
  void refusesWhatChanged() throws IOException {
    stanch("plugins", "trust", jar.toString());
    byte[] bytes = Files.readAllBytes(jar);
    bytes[bytes.length - 1] ^= 1;
    Files.write(jar, bytes);
    refused(verify(), "acme.jar has changed since it was trusted");
    assertThat(stanch("plugins", "list").out()).endsWith("  changed\n");
    assertThat(fake.requests()).isEmpty();
  }

  @Test
  void refusesWhatIsNotTrustedAnyMore() {
    stanch("plugins", "trust", jar.toString());
    assertThat(stanch("plugins", "untrust", "acme.jar").status()).isZero();
    refused(verify(), "acme.jar is not trusted");
    assertThat(stanch("plugins", "untrust", "acme.jar").status()).isEqualTo(USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-"})
  void refusesWhatOthersCanWrite(String mode) throws IOException {
    stanch("plugins", "trust", jar.toString());
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString(mode));
    refused(verify(), "acme.jar can be written by ");
    refused(stanch("plugins", "trust", jar.toString()), "acme.jar can be written by ");
    assertThat(stanch("plugins", "list").out()).contains("refused: the plugin acme.jar can be");
  }

  @Test
  void refusesAFolderThatOthersCanWrite() throws IOException {
    stanch("plugins", "trust", jar.toString());
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    refused(verify(), "can be written by others");
  }

  @Test
  void refusesALink() throws IOException {
    stanch("plugins", "trust", jar.toString());
    Path elsewhere = home.resolve("acme.jar");
    Files.move(jar, elsewhere);
    Files.createSymbolicLink(jar, elsewhere);
    refused(verify(), "acme.jar is a symbolic link");
  }

  @Test
  void refusesWhatBelongsToAnotherUser() throws IOException {
    assumeThat(new UnixSystem().getUid()).as("only root can give files away").isZero();
    stanch("plugins", "trust", jar.toString());
    Files.setAttribute(jar, "unix:uid", 65_534);
    refused(verify(), "acme.jar belongs to another user");
    Files.setAttribute(jar, "unix:uid", 0);
    Files.setAttribute(folder, "unix:uid", 65_534);
    refused(verify(), "belongs to another user");
  }

  @Test
  void refusesAListOfTrustedOnesThatOthersCanWrite() throws IOException {
    stanch("plugins", "trust", jar.toString());
    Path list = home.resolve(".config/stanch/trusted-plugins");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(list)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("rw-rw-rw-"));
    CommandRun run = verify();
    assertThat(run.status()).isEqualTo(REFUSED);
    assertThat(run.err()).contains("the list of trusted plugins can be written by others");
  }

  private Path askingWith(String variable) throws IOException {
    Files.delete(jar);
    Path descriptor = folder.resolve("asking.yml");
    Files.writeString(
        descriptor,
        Files.readString(built.resolve("acme.yml"))
            .replace(
                "tokens:", "admin: [{variable: " + variable + ", right: to list keys}]\ntokens:"));
    Files.setPosixFilePermissions(descriptor, PosixFilePermissions.fromString("rw-r--r--"));
    return descriptor;
  }

  @Test
  void saysWhichCredentialsAPluginAsksWith() throws IOException {
    Path own = askingWith("ACME_ADMIN_TOKEN");
    assertThat(stanch("plugins", "trust", own.toString()).out())
        .contains("\n    with your ACME_ADMIN_TOKEN\n");
    assertThat(verify().status()).isNotEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPENAI_ADMIN_KEY", "HF_TOKEN", "AWS_SECRET_ACCESS_KEY", "NPM_TOKEN"})
  void givesNoPluginAnothersCredentialUnlessItIsNamed(String variable) throws IOException {
    String path = askingWith(variable).toString();
    refused(
        stanch("plugins", "trust", path), "asking.yml asks with your " + variable + ", a login");
    refused(verify(), "asking.yml is not trusted");
    assertThat(fake.requests()).isEmpty();
    CommandRun trust = stanch("plugins", "trust", path, "--credential", variable);
    assertThat(trust.out()).as(trust.err()).contains("with your " + variable + ", a login of ");
    assertThat(verify().status()).isNotEqualTo(REFUSED);
  }

  @Test
  void namesTheFilesThatStandForACredential() throws IOException {
    String path = askingWith("GITHUB_TOKEN").toString();
    assertThat(stanch("plugins", "trust", path, "--credential", "GITHUB_TOKEN").out())
        .contains("what stands in ", "~/.config/gh/hosts.yml");
  }

  @Test
  void givesNoPluginMoreThanWasShown() throws IOException {
    String path = askingWith("ACME_ADMIN_TOKEN").toString();
    stanch("plugins", "trust", path);
    Path list = home.resolve(".config/stanch/trusted-plugins");
    Files.writeString(list, Files.readString(list).replace("  asks with ACME_ADMIN_TOKEN", ""));
    refused(verify(), "asks with ACME_ADMIN_TOKEN, which was not shown");
  }

  @Test
  void showsAPluginNothingOfAnothers() throws IOException {
    jar(
        """
        public Verification verify(HeldFinding token, RevealPermit permit) {
          var variable = new AdminVariable("OPENAI_ADMIN_KEY", "to list keys");
          return new Verification.Unknown(
              "saw " + context.credentials().find(variable).isPresent()
                  + context.environment().keySet(),
              Verification.Retry.NEVER);
        }
        public Control control() { return new Control.Genuine(); }
        """);
    assertThat(stanch("plugins", "trust", jar.toString()).status()).isZero();
    CommandRun run =
        CommandRun.in(home)
            .with("OPENAI_ADMIN_KEY", "a secret of somebody else's")
            .with("ACME_DEPLOY_URL", fake.base("https://deploy.acme.example"))
            .run("verify", "--rules", "rules.yml", "--verify-context", "dir:app.env");
    assertThat(run.out()).contains("saw false[ACME_DEPLOY_URL]");
  }

  @Test
  void letsNoPluginTakeThePlaceOfAProvider() throws IOException {
    Path descriptor = folder.resolve("github.yml");
    Files.writeString(
        descriptor,
        Files.readString(built.resolve("acme.yml")).replace("id: acme-deploy", "id: github"));
    CommandRun run = stanch("plugins", "trust", descriptor.toString());
    assertThat(run.status()).isEqualTo(USAGE);
    assertThat(run.err()).contains("adds 'github', which is there already");
    Files.delete(jar);
    refused(verify(), "github.yml is not trusted");
  }

  @Test
  void saysWhatIsWrongWithABrokenOne() throws IOException {
    Path descriptor = folder.resolve("acme.yml");
    Files.writeString(descriptor, "id: acme\n");
    CommandRun run = stanch("plugins", "trust", descriptor.toString());
    assertThat(run.status()).isEqualTo(USAGE);
    assertThat(run.err()).contains("acme.yml:1: no 'name'");
    Files.write(jar, new byte[] {'P', 'K', 3, 4});
    assertThat(stanch("plugins", "trust", jar.toString()).err()).contains("acme.jar");
    assertThat(stanch("plugins", "trust", "README.txt").status()).isEqualTo(USAGE);
  }

  @Test
  void blamesAPluginForItsMistakes() throws IOException {
    jar(
        """
        public Verification verify(HeldFinding token, RevealPermit permit) {
          return token.secret().reveal(permit, bytes -> {
            throw new IllegalStateException(new String(bytes));
          });
        }
        public Control control() { return null; }
        """);
    assertThat(stanch("plugins", "trust", jar.toString()).status()).isZero();
    CommandRun run = verify();
    assertThat(run.status()).isEqualTo(ExitCode.FINDINGS.value());
    assertThat(run.out())
        .startsWith("unknown  acme-deploy")
        .contains("the plugin failed: IllegalStateException");
    assertThat(List.of(run.out(), run.err()))
        .noneMatch(text -> text.contains(fake.key("live").token()));
  }

  /// A jar with a provider whose verifier has these methods.
  private void jar(String verifier) throws IOException {
    Path source = Files.createDirectories(home.resolve("source/com/example"));
    Files.writeString(
        source.resolve("Odd.java"),
        """
        package com.example;
        import dev.stanch.detectors.model.*;
        import dev.stanch.revokers.spi.*;
        import java.util.*;
        public final class Odd implements Provider {
          public ProviderId id() { return new ProviderId("acme-deploy"); }
          public String name() { return "Odd"; }
          public Set<String> hosts() { return Set.of("deploy.acme.example"); }
          public Optional<String> baseUrlVariable() { return Optional.of("ACME_DEPLOY_URL"); }
          public Optional<Verifier> verifier(ProviderContext context) {
            return Optional.of(new Verifier() {
        %s
            });
          }
        }
        """
            .formatted(verifier));
    Path services = Files.createDirectories(home.resolve("source/META-INF/services"));
    Files.writeString(services.resolve("dev.stanch.revokers.spi.Provider"), "com.example.Odd");
    Path classes = Files.createDirectory(home.resolve("classes"));
    JarBuilder.compile(classes, home.resolve("source"));
    JarBuilder.pack(jar, classes);
  }
}
