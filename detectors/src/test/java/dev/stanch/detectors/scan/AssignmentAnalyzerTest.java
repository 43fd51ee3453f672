package dev.stanch.detectors.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.rule.Probe;
import dev.stanch.detectors.rule.RuleTables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every value between « and » must be read and judged; whatever is not marked must be passed over.
class AssignmentAnalyzerTest {
  private static final String SAMPLES =
      """
      password = "«Tulip-4411»"
      "password": "«Tulip-4411»",
      self.db_password = '«Tulip-4411»'
      String dbPassword = "«Tulip-4411»";
      const char password[] = "«Tulip-4411»";
      const char password[32] = "«Tulip-4411»";
      Dim strPassword As String = "«Tulip-4411»"
      var jwtKey = []byte("«Tulip-4411-orchid-9»")
      $password = ConvertTo-SecureString "«Tulip-4411»" -AsPlainText -Force
      DB_PASSWORD=«Tulip-4411»
      export DB_PASSWORD='«Tulip-4411»'
      ENV DB_PASSWORD «Tulip-4411»
      ENV DB_PASSWORD "«Tulip-4411»"
      set -gx DB_PASSWORD «Tulip-4411»
      SetEnv DB_PASSWORD «Tulip-4411»
      java -Dpassword=«Tulip-4411» -jar app.jar
      tool --db-password «Tulip-4411» --verbose
      storePassword '«Tulip-4411»'
      bindpw «Tulip-4411»
      machine git.acme.dev login ci password «Tulip-4411»
      user deploy\\npass «Tulip-4411»
      rootpw --plaintext «Tulip-4411»
      d-i passwd/root-password password «Tulip-4411»
      enable password «Tulip-4411»
      username ops privilege 15 password 0 «Tulip-4411»
      <password>«Tulip-4411»</password>
      <property name="password" value="«Tulip-4411»"/>
      <name>db.password</name>\\n  <value>«Tulip-4411»</value>
      <key>DbPassword</key>\\n  <string>«Tulip-4411»</string>
      <add key="DbPassword" value="«Tulip-4411»" />
      - name: DB_PASSWORD\\n  value: «Tulip-4411»
      @Value("${db.password:«Tulip-4411»}")
      variable "db_password" {\\n  type = string\\n  default = "«Tulip-4411»"\\n}
      os.getenv("DB_PASSWORD", "«Tulip-4411»")
      process.env.DB_PASSWORD || "«Tulip-4411»"
      props.setProperty("db.password", "«Tulip-4411»");
      define('DB_PASSWORD', '«Tulip-4411»');
      buildConfigField "String", "DB_PASSWORD", "\\"«Tulip-4411»\\""
      cy.get('#password').type('«Tulip-4411»');
      driver.findElement(By.id("password")).sendKeys("«Tulip-4411»");
      page.fill('input[name=password]', '«Tulip-4411»')
      let(:password) { '«Tulip-4411»' }
      password { "«Tulip-4411»" }
      {:user "ops" :password "«Tulip-4411»"}
      {password, "«Tulip-4411»"}.
      if (strcmp(password, "«Tulip-4411»") == 0) {
      return "«Tulip-4411»".equals(password);
      if password == '«Tulip-4411»':
      the password is «Tulip-4411»
      // old password: «Tulip-4411»
      login,password,role\\nops,«Tulip-4411»,admin\\nci,«Orchid-77»,user
      service;key\\nbackup;«x81kd02nfjq7vmz4tp»
      word,class\\npassword,secret\\nTulip-4411,Orchid-77
      INSERT INTO users (login, password, role) VALUES ('ops', '«Tulip-4411»', 'admin'), ('ci', '«Orchid-77»', 'user');
      redis://cache:«Tulip-4411»@10.0.0.3:6379/0
      mariadb+mariadbconnector://shop:«Tulip%2D4411»@db.acme.dev/shop
      client = AcmeClient("«x81kd02nfjq7vmz4tp»")
      acme.Client("«x81kd02nfjq7vmz4tp»")
      client.Model("x81kd02nfjq7vmz4tp")
      const client = new Acme('«x81kd02nfjq7vmz4tp»');
      return acme.NewClient("«x81kd02nfjq7vmz4tp»")
      acme::Client::new("«x81kd02nfjq7vmz4tp»")
      payload = jwt.decode(token, "«x81kd02nfjq7vmz4tp»", algorithms=["HS256"])
      Jwts.builder().signWith(SignatureAlgorithm.HS256, "«x81kd02nfjq7vmz4tp»")
      headers = {"Authorization": "Splunk «x81kd02nfjq7vmz4tp»"}
      config.setPassword("«Tulip-4411»");
      passwordBox.Text = "«Tulip-4411»";
      public string Password { get; set; } = "«Tulip-4411»";
      parser.add_argument('--password', default='«Tulip-4411»')
      flag.StringVar(&pw, "password", "«Tulip-4411»", "of the database")
      fill_in 'Password', with: '«Tulip-4411»'
      set :db_password, "«Tulip-4411»"
      "parameters": { "adminPassword": { "value": "«Tulip-4411»" } }
      with the user `ops` and password `«Tulip-4411»`
      | password | «Tulip-4411» |
      BASIC_AUTH=ops:«Tulip-4411»
      rpcpassword=«Tulip-4411»
      $dbpw = '«Tulip-4411»';
      request.setValue("Bearer «x81kd02nfjq7vmz4tp»", forHTTPHeaderField: "Authorization")
      redis://cache:«Tu/lip-4411»@10.0.0.3:6379/0
      postgres://shop:«Tulip/44+11/x»@db.acme.dev/shop
      assertEquals("«Tulip-4411»", user.getPassword());
      assertEquals(user.getPassword(), "«Tulip-4411»");
      self.assertEqual(user.password, "«Tulip-4411»")
      assert.Equal(t, "«Tulip-4411»", cfg.Password)
      EXPECT_STREQ("«Tulip-4411»", cfg.password());
      assertThat(user.getPassword()).isEqualTo("«Tulip-4411»");
      expect(user.password).toBe('«Tulip-4411»');
      return url.UserPassword("jane", "«Tulip-4411»")
      users = {"ops": "«Tulip-4411»", "ci": "«Orchid-77»"}
      demo.launch(auth=[("ops", "«Tulip-4411»"), ("ci", "«Orchid-77»")])
      [passwords]\\nops = "«Tulip-4411»"\\nci = "«Orchid-77»"
      auth = tweepy.OAuthHandler("x81kd02nfjq7vmz4tp", "«k29dmw83hfu1zq6oxr»")
      cmdkey /generic:10.0.0.3 /user:ops /pass:«Tulip-4411»
      Input Password    id=password    «Tulip-4411»
      Input Password    id:login-2    «Tulip-4411»
      Input Text    name:passwd    «Tulip-4411»
      ${DB_PASSWORD}    «Tulip-4411»
      Set Suite Variable    ${PASSWORD}    «Tulip-4411»
      Test server http://10.0.0.9/ user admin pass «Tulip-4411»
      use the login ops, password `«Tulip-4411»`
      Changed the root password to «Tulip-4411» on staging
      db.password    «Tulip-4411»
      password = "${DB_PASSWORD}"
      password = "{{ vault_password }}"
      password = "$DB_PASSWORD"
      password = "<your password>"
      password = "changeme"
      password = "password"
      password = `cat /run/secrets/db`
      password = getPassword("db")
      password = System.getenv("DB_PASSWORD")
      password = ""
      password: string
      password?: string;
      "password": "Passwort vergessen",
      "password": "Mot de passe oublié",
      password: Please enter your password
      password_hash = "Tulip-4411"
      password_length = 12
      passwordField = "Tulip-4411"
      max_tokens = 4096
      primary_key = "customer_number"
      public_key = "x81kd02nfjq7vmz4tp"
      STRIPE_PUBLISHABLE_KEY=x81kd02nfjq7vmz4tp
      PASS: TestParser (0.01s)
      --- PASS: TestParser/one (0.01s)
      password4j = "7.6.4-SNAPSHOT-765c53b"
      token-lib = "3.23.1"
      secret = "00112233445566778899aabbccddeeff"
      secret = "abc123abc123abc123"
      secret = "1111-2222-3333-4444"
      "AWS::IAM::AccessKey": "72c2d9dd90025459",
      ["USER", "PASSWORD", "HOST"]
      attrs={"autocomplete": "current-password", "autofocus": True}
      if token.endswith("\\u0646\\u0627"):
      token = "ref+vault://secret/db#password"
      key = "hf_x81kd02"
      http://localhost:8080/path@2x.png
      accepts(name) ? pass : direct.visit(name);
      cat /etc/passwd | grep -q root
      /* First pass: tally, in j, the size */
      username and password arguments.
      #define CURLE_BAD_PASSWORD OBSOLETE46
      #define TEST_PASS 0x00800000
      https://ci.acme.dev/acme/badge.svg?token=RXP95LE2XL
      plain("", "user", "pass", "testserver")
      "acme/watermarked-content-credentials","crown/Image-Creator-3D"
      client = InferenceClient("meta-llama/Meta-Llama-3-8B-Instruct")
      client.WithUserAgent("my-application/1.0.0")
      Authorization: Basic jpvcGVuc2VzYW1lYWxhZGRpb
      Authorization: Basic dXNlcm5hbWU6cGFzc3dvcmQ=
      Authorization: AWS4-HMAC-SHA256 Credential=ab81kd02/20150830/us-east-1/iam/aws4_request
      Proxy-Authorization: Digest x81kd02nfjq7vmz4tp
      apt-key adv --recv-keys 40976EAF437D05B5
      KEY=13B6F51ECDDE430D
      creationToken = 1644442601
      Sec-WebSocket-Key: Uc9l9TMkWGbHFD2qnFHltg==
      	OpAESKeyGenAssist\n	OpGetElemUint8x16
      forgotpassword = "Tulip-4411"
      https://acme.dev/login?next=a:b@c
      https://acme.dev:8443/npm/left-pad@1.3.0/index.js
      git+https://acme:shop/orders@main
      assertEquals("Tulip-4411", user.getPasswordHint());
      assertEquals(user.getPassword(), expected);
      "NewPrivateKey768": "NewPrivateKey1024",
      credentials: 'same-origin',
      users = {"ops": "admin", "ci": "reader"}
      users = {"ops": {"role": "Tulip-4411"}}
      "users": {"created": "2026-01-04"}
      Input Password    id=password    ${PASSWORD}
      Input Password    id=password
      Every user must pass through the gate
      a user may pass two arguments
      change the password to your own
      mysql -u root -p${PASSWORD} shop
      """;

  private final Detector detector = new Detector(RuleTables.builtIn());
  private final AssignmentAnalyzer analyzer = new AssignmentAnalyzer();

  @TestFactory
  Stream<DynamicTest> readsWhatIsMarkedAndNothingElse() {
    return SAMPLES
        .lines()
        .map(
            sample ->
                dynamicTest(
                    sample,
                    () -> {
                      String marked = sample.replace("\\n", "\n");
                      assertThat(values(marked.replaceAll("[«»]", "")))
                          .containsExactlyInAnyOrderElementsOf(expected(marked));
                    }));
  }

  private static List<String> expected(String marked) {
    var values = new ArrayList<String>();
    for (int from = marked.indexOf('«'); from >= 0; from = marked.indexOf('«', from + 1)) {
      values.add(marked.substring(from + 1, marked.indexOf('»', from)));
    }
    return values;
  }

  private List<String> values(String sample) {
    byte[] text = sample.getBytes(StandardCharsets.UTF_8);
    var values = new ArrayList<String>();
    detector
        .automaton()
        .run(
            text,
            0,
            text.length,
            new Automaton.Lanes(),
            (keyword, start, end) -> {
              for (Probe probe : detector.tables().probes(keyword)) {
                if (probe.kind() == Probe.Kind.ANALYZER) {
                  for (var found : analyzer.read(text, 0, text.length, start, end)) {
                    ValueJudge.Verdict verdict = new ValueJudge().judge(text, found);
                    String value =
                        new String(
                            text,
                            found.start(),
                            found.end() - found.start(),
                            StandardCharsets.UTF_8);
                    if (verdict != null
                        && !detector
                            .prefixes()
                            .isMalformed(text, found.start(), found.end(), ProviderId.GENERIC)
                        && !values.contains(value)) {
                      values.add(value);
                    }
                  }
                }
              }
            });
    return values;
  }
}
