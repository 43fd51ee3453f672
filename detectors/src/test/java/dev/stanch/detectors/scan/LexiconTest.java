package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Services are named by what stands beside a value; VALUE marks its place.
class LexiconTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SENDGRID_API_KEY=VALUE | sendgrid",
        "sendGridKey: 'VALUE' | sendgrid",
        "NEXT_PUBLIC_MIXPANEL_TOKEN=VALUE | mixpanel",
        "[ovh]\\nconsumer_key = VALUE | ovh",
        "datadog:\\n  enabled: true\\n  api_key: VALUE | datadog",
        "requests.get('https://api.openai.com/v1/x', headers={'key': 'VALUE'}) | openai",
        "client = MixpanelClient('VALUE') | mixpanel",
      })
  void namesTheService(String sample, String service) {
    assertThat(find(sample, false)).isEqualTo(service);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc.url=jdbc:postgresql://db.eu-west-1.rds.amazonaws.com/x\\npassword=VALUE | postgresql",
        "conn = pymysql.connect(host='db', passwd='VALUE') | mysql",
        "host: db.acme.dev\\nport: 5672\\npassword: VALUE | rabbitmq",
        "# vertica\\npassword = VALUE | vertica",
        "spring.redis.password=VALUE | redis",
      })
  void namesTheStoreAPasswordOpens(String sample, String store) {
    assertThat(find(sample, true)).isEqualTo(store);
  }

  @Test
  void isSilentWhereNothingIsNamed() {
    assertThat(find("the_secret = 'VALUE'", false)).isEmpty();
  }

  @Test
  void readsSchemesOfUrls() {
    byte[] text = "ibm_db_sa://u:VALUE@h".getBytes(StandardCharsets.US_ASCII);
    var finder = new ServiceFinder();
    finder.use(text, 0, text.length);
    var store = finder.ofScheme(14);
    assertThat(store).isNotNull();
    assertThat(store.value()).isEqualTo("db2");
  }

  private static String find(String sample, boolean password) {
    byte[] text = sample.replace("\\n", "\n").getBytes(StandardCharsets.US_ASCII);
    int start = new String(text, StandardCharsets.US_ASCII).indexOf("VALUE");
    var finder = new ServiceFinder();
    finder.use(text, 0, text.length);
    Lexicon.Match match = finder.find("", start, start, start + 5, password);
    return match == null ? "" : match.provider().value();
  }
}
