package dev.stanch.revokers.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationFilesTest {
  @TempDir Path home;

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
    return new ConfigurationFiles(all).find(variable).orElse("nothing");
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
}
