package dev.stanch.revokers.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.model.RevealPermit;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationFilesTest {
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

  @TempDir Path home;

  @Test
  void readsTheFileThatAVariableNames() throws IOException {
    Path folder = Files.createDirectories(home.resolve(".config/gcloud"));
    String usual = "{\"type\": \"authorized_user\", \"refresh_token\": \"usual\"}";
    Files.writeString(folder.resolve("application_default_credentials.json"), usual);
    Path other = Files.writeString(home.resolve("key.json"), "{\"private_key\": \"a\\nb\\n\"}");
    var name = "GOOGLE_APPLICATION_CREDENTIALS";
    var files = new ConfigurationFiles(Map.of("HOME", home.toString()), NOW);
    assertThat(files.names(name)).isTrue();
    assertThat(files.named(name)).contains(usual);
    assertThat(files.names("OPENAI_ADMIN_KEY")).isFalse();
    assertThat(files.named("OPENAI_ADMIN_KEY")).isEmpty();

    var environment = Map.of(name, other.toString());
    assertThat(new ConfigurationFiles(environment, NOW).named(name))
        .contains(Files.readString(other));
    assertThat(new ConfigurationFiles(Map.of(name, home + "/none"), NOW).named(name)).isEmpty();
    // A scan finds the key as it stands in the file; its tool reads it with real line ends.
    assertThat(
            new EnvironmentCredentials(environment, NOW)
                .all(Set.of()).stream()
                    .map(
                        secret ->
                            secret.reveal(
                                RevealPermit.grant("test"),
                                bytes -> new String(bytes, StandardCharsets.UTF_8))))
        .contains("a\nb", "a\\nb");
  }

  @BeforeEach
  void write() throws IOException {
    Files.createDirectory(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/credentials"),
        """
        [default]
        aws_access_key_id = usual
        aws_secret_access_key = usual-secret

        [audit]
        aws_access_key_id=audit
        aws_secret_access_key=audit-secret
        aws_session_token=audit-session
        """);
    Files.writeString(
        home.resolve(".aws/config"),
        """
        [profile old]
        region = eu-west-1
        aws_access_key_id = old
        aws_secret_access_key = old-secret
        """);
    Files.writeString(home.resolve(".vault-token"), "vault\n");
  }

  private String find(String variable, String... environment) {
    var all = new HashMap<>(Map.of("HOME", home.toString()));
    for (int i = 0; i < environment.length; i += 2) {
      all.put(environment[i], environment[i + 1]);
    }
    return new ConfigurationFiles(all, NOW).find(variable).orElse("nothing");
  }

  @Test
  void readsTheProfileThatIsChosen() {
    assertThat(find("AWS_SECRET_ACCESS_KEY")).isEqualTo("usual-secret");
    assertThat(find("AWS_SESSION_TOKEN")).isEqualTo("nothing");
    assertThat(find("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "audit")).isEqualTo("audit");
    assertThat(find("AWS_SESSION_TOKEN", "AWS_PROFILE", "audit")).isEqualTo("audit-session");
    assertThat(find("AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "old")).isEqualTo("old-secret");
    assertThat(find("AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "gone")).isEqualTo("nothing");
  }

  @Test
  void completesNoKeyOfTheEnvironment() {
    assertThat(find("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "other")).isEqualTo("nothing");
  }

  @Test
  void readsTheLoginOfVault() {
    assertThat(find("VAULT_TOKEN")).isEqualTo("vault");
    assertThat(find("HF_TOKEN")).isEqualTo("nothing");
  }

  private void write(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Set<String> all(String... environment) {
    var all = new HashMap<>(Map.of("HOME", home.toString()));
    for (int i = 0; i < environment.length; i += 2) {
      all.put(environment[i], environment[i + 1]);
    }
    return new ConfigurationFiles(all, NOW).all();
  }

  @Test
  void takesTheFileThatTheVariablesOfTheToolName() throws IOException {
    write(".cache/huggingface/token", "usual\n");
    assertThat(find("HF_TOKEN")).isEqualTo("usual");
    write("other/token", "other");
    assertThat(find("HF_TOKEN", "HF_HOME", home.resolve("other").toString())).isEqualTo("other");
    write("named", "named");
    assertThat(find("HF_TOKEN", "HF_TOKEN_PATH", home.resolve("named").toString()))
        .isEqualTo("named");
  }

  @Test
  void showsALoginToNoOtherServer() throws IOException {
    write(
        ".config/gh/hosts.yml",
        """
        github.com:
            users:
                ann:
                    oauth_token: second
            oauth_token: first
        git.example.com:
            oauth_token: inside
        """);
    assertThat(find("GITHUB_TOKEN")).isEqualTo("first");
    assertThat(find("GITHUB_TOKEN", "GITHUB_API_URL", "https://git.example.com/api/v3"))
        .isEqualTo("nothing");
    assertThat(all()).contains("first", "second", "inside", "usual-secret", "vault", "old");
    write(
        ".kube/config",
        """
        current-context: work
        clusters:
          - {name: c, cluster: {server: 'https://10.0.0.1:6443/'}}
        contexts:
          - {name: work, context: {cluster: c, user: ann}}
        users:
          - {name: ann, user: {token: cluster}}
          - {name: bob, user: {token: other}}
        """);
    assertThat(find("KUBE_TOKEN")).isEqualTo("nothing");
    assertThat(find("KUBE_TOKEN", "KUBE_HOST", "https://10.0.0.2:6443")).isEqualTo("nothing");
    assertThat(find("KUBE_TOKEN", "KUBE_HOST", "https://10.0.0.1:6443")).isEqualTo("cluster");
    assertThat(all()).contains("cluster", "other");
  }

  private static String kubeconfig(String server, String user, String token) {
    return """
    clusters:
      - {name: c, cluster: {server: '%s'}}
    users:
      - {name: %s, user: {token: %s}}
    """
        .formatted(server, user, token);
  }

  @Test
  void takesSeveralKubeconfigsForOne() throws IOException {
    write(
        ".kube/config", kubeconfig("https://usual", "ann", "at-home") + "current-context: work\n");
    write("one", kubeconfig("https://10.0.0.1", "ann", "first"));
    write(
        "two",
        kubeconfig("https://10.0.0.2", "bob", "second")
            + """
            current-context: work
            contexts:
              - {name: work, context: {cluster: c, user: bob}}
              - {name: other, context: {cluster: c, user: ann}}
            """);
    write("three", kubeconfig("https://10.0.0.3", "bob", "third") + "current-context: other\n");
    String list = String.join(File.pathSeparator, file("one"), file("two"), file("three"));
    assertThat(find("KUBE_TOKEN", "KUBE_HOST", "https://10.0.0.1", "KUBECONFIG", list))
        .as("cluster of the first, context and user of the second")
        .isEqualTo("second");
    assertThat(find("KUBE_TOKEN", "KUBE_HOST", "https://10.0.0.2", "KUBECONFIG", list))
        .isEqualTo("nothing");
    assertThat(all("KUBECONFIG", list)).contains("first", "second").doesNotContain("at-home");
    assertThat(find("KUBE_TOKEN", "KUBE_HOST", "https://usual", "KUBECONFIG", file("gone")))
        .as("no other file than those that are named")
        .isEqualTo("nothing");
    String some = file("gone") + File.pathSeparator + list;
    assertThat(find("KUBE_TOKEN", "KUBE_HOST", "https://10.0.0.1", "KUBECONFIG", some))
        .isEqualTo("second");
    write("token", "rotated\n");
    write(
        "two", Files.readString(home.resolve("two")).replace("token: second", "tokenFile: token"));
    assertThat(find("KUBE_TOKEN", "KUBE_HOST", "https://10.0.0.1", "KUBECONFIG", list))
        .isEqualTo("rotated");
  }

  private String file(String name) {
    return home.resolve(name).toString();
  }

  @Test
  void takesTheContextThatDoctlIsIn() throws IOException {
    write(
        ".config/doctl/config.yaml",
        """
        access-token: usual
        auth-contexts: {work: at-work, home: at-home}
        context: work
        """);
    assertThat(find("DIGITALOCEAN_ACCESS_TOKEN")).isEqualTo("at-work");
    assertThat(find("DIGITALOCEAN_ACCESS_TOKEN", "DIGITALOCEAN_CONTEXT", "home"))
        .isEqualTo("at-home");
    assertThat(find("DIGITALOCEAN_ACCESS_TOKEN", "DIGITALOCEAN_CONTEXT", "default"))
        .isEqualTo("usual");
    assertThat(find("DIGITALOCEAN_ACCESS_TOKEN", "DIGITALOCEAN_CONTEXT", "gone"))
        .isEqualTo("nothing");
    assertThat(all()).contains("usual", "at-work", "at-home");
  }

  @Test
  void takesTheProfileThatScwIsIn() throws IOException {
    write(
        ".config/scw/config.yaml",
        """
        access_key: usual
        secret_key: usual-secret-key
        active_profile: work
        profiles:
          work: {access_key: at-work, secret_key: secret-at-work}
          region: {default_region: fr-par}
        """);
    assertThat(find("SCW_SECRET_KEY")).isEqualTo("secret-at-work");
    assertThat(find("SCW_ACCESS_KEY")).isEqualTo("at-work");
    assertThat(find("SCW_SECRET_KEY", "SCW_PROFILE", "region")).isEqualTo("usual-secret-key");
    assertThat(all()).contains("usual-secret-key", "secret-at-work");
  }

  @Test
  void seesEveryLoginOfAMachine() throws IOException {
    write(
        ".netrc",
        """
        machine git.example.com login ann password first
        machine git.example.com login bob password "sec ond"
        macdef init
        machine macro.example.com login none password none

        machine api.heroku.com login a password heroku
        """);
    assertThat(all()).contains("first", "sec ond", "heroku").doesNotContain("none");
    assertThat(find("HEROKU_API_KEY")).isEqualTo("heroku");
  }

  @Test
  void readsEachFormat() throws IOException {
    write(
        ".netrc",
        """
        machine api.heroku.com
          login a@example.com
          password heroku
        default login ann password any
        """);
    assertThat(find("HEROKU_API_KEY")).isEqualTo("heroku");
    write(
        ".npmrc",
        """
        registry=https://r.example.com/
        //r.example.com/:_authToken=npm
        //s.example.com/:_authToken=${NPM_TOKEN}
        """);
    String pair = Base64.getEncoder().encodeToString("ann:docker".getBytes(StandardCharsets.UTF_8));
    write(
        ".docker/config.json",
        "{\"auths\": {\"https://index.docker.io/v1/\": {\"auth\": \"" + pair + "\"}}}");
    assertThat(find("DOCKERHUB_USERNAME")).isEqualTo("ann");
    assertThat(find("DOCKERHUB_PASSWORD")).isEqualTo("docker");
    assertThat(find("DOCKERHUB_PASSWORD", "DOCKERHUB_USERNAME", "bob")).isEqualTo("nothing");
    write(".config/hcloud/cli.toml", "[[contexts]]\nname = \"a\"\ntoken = \"cloud\"\n");
    write(".git-credentials", "https://ann:stored@example.com\nhttps://alone@git.example.com\n");
    write(".sentryclirc", "auth = text\n[auth]\ntoken = none\n");
    write(".pgpass", "db.example.com:5432:*:ann:post\\:gres\n");
    write(".azure/msal_token_cache.json", "{\"RefreshToken\": {\"x\": {\"secret\": \"azure\"}}}");
    write(".config/linode-cli", "[DEFAULT]\ndefault-user = ann\n[ann]\ntoken = linode\n");
    assertThat(find("LINODE_TOKEN")).isEqualTo("linode");
    assertThat(all())
        .contains("heroku", "any", "npm", "docker", "cloud", "stored", "alone", "post:gres")
        .contains("azure", "linode")
        .noneMatch(value -> value.contains("$"));
  }

  @Test
  void choosesNoneOfSeveral() throws IOException {
    write(".config/linode-cli", "[ann]\ntoken = one\n[bob]\ntoken = two\n");
    assertThat(find("LINODE_TOKEN")).isEqualTo("nothing");
    assertThat(all()).contains("one", "two");
  }

  @Test
  void readsTheTokensOfGcloudThatHaveNotExpired() throws Exception {
    Path folder = Files.createDirectories(home.resolve(".config/gcloud"));
    try (var database = DriverManager.getConnection("jdbc:sqlite:" + folder + "/access_tokens.db");
        var statement = database.createStatement()) {
      statement.execute(
          "CREATE TABLE access_tokens (account_id TEXT, access_token TEXT, token_expiry"
              + " TIMESTAMP)");
      statement.execute(
          "INSERT INTO access_tokens VALUES ('a', 'fresh', '2026-03-01 12:30:00.123456'),"
              + " ('b', 'stale', '2026-03-01 11:30:00')");
    }
    assertThat(find("CLOUDSDK_AUTH_ACCESS_TOKEN")).isEqualTo("fresh");
    assertThat(all()).contains("fresh").doesNotContain("stale");
  }

  @Test
  void makesNothingOfAFileThatIsBroken() throws IOException {
    write(".config/gh/hosts.yml", "{");
    write(".docker/config.json", "{\"auths\": {\"a\": {\"auth\": \"?\"}}}");
    write(".config/gcloud/access_tokens.db", "no database");
    write(".modal.toml", "= = =");
    assertThat(find("GITHUB_TOKEN")).isEqualTo("nothing");
    assertThat(all()).contains("vault");
  }
}
