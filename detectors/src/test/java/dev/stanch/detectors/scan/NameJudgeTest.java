package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.scan.NameJudge.Kind;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameJudgeTest {
  private final NameJudge names = new NameJudge();

  @ParameterizedTest
  @CsvSource({
    "DB_PASSWORD, password, PASSWORD",
    "dbPasswd, passwd, PASSWORD",
    "spring.datasource.password, password, PASSWORD",
    "clientSecret, secret, SECRET",
    "config.deploy_token, token, TOKEN",
    "acme_api_key, key, KEY",
    "X-Api-Key, key, KEY",
    "bindpw, bindpw, PASSWORD",
  })
  void tellsWhatKindOfSecretANameSpeaksOf(String name, String telling, Kind kind) {
    NameJudge.Name judged = judge(name, telling);
    assertThat(judged.weight()).isPositive();
    assertThat(judged.kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "password_length, password",
    "passwordResetUrl, password",
    "max_tokens, token",
    "public_key, key",
    "primaryKey, key",
    "keyboard, key",
    "monkey, key",
    "author, auth",
    "tokenizer, token",
    "secretary, secret",
    "bypass, pass",
  })
  void isSilentAboutNamesOfOtherThings(String name, String telling) {
    assertThat(judge(name, telling).weight()).isZero();
  }

  @Test
  void aBareKeySaysLessThanOneOfAService() {
    assertThat(judge("key", "key").weight()).isLessThan(judge("api_key", "key").weight());
  }

  @ParameterizedTest
  @ValueSource(strings = {"getPassword", "os.getenv", "find_by_token", "config.get"})
  void knowsCallsThatRead(String name) {
    assertThat(names.isReader(name)).isTrue();
  }

  @Test
  void splitsIdentifiersIntoWords() {
    assertThat(NameJudge.words("dbPassword_2")).containsExactly("db", "password", "2");
    assertThat(NameJudge.words("HTTPServerKey")).containsExactly("http", "server", "key");
  }

  private NameJudge.Name judge(String name, String telling) {
    int from = name.toLowerCase(Locale.ROOT).indexOf(telling);
    return names.judge(name, from, from + telling.length());
  }
}
