"""What looks like a secret and is none. `strict`: nobody who reads the line would want an alarm."""

import base64
import hashlib
import json
import re

from . import templates
from .items import Entry, Mark, render
from .templates import b64, b64url, fill, pick, random_bytes, uuid4


def near(kind, value, strict=True):
    return Mark("near", kind, value, strict=strict)


# --- values that stand where a secret would stand --------------------------------------------------------------------

PLACEHOLDERS = """
your-api-key-here your_api_key YOUR_API_KEY YOUR_SECRET_KEY_HERE <your-token> <API_KEY> <YOUR_ACCESS_TOKEN> <token>
xxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxx XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX xxxx-xxxx-xxxx-xxxx **************** ........
changeme change-me change_me_please CHANGE_ME ChangeMe replace-me REPLACE_WITH_YOUR_KEY insert-token-here TODO TBD none null
example example-key sample-token dummy dummy-token dummy_api_key fake fake-secret fake_password_for_docs test testing foo bar
foobar secret password mysecret my-secret-key supersecret not-a-secret enter-your-password-here placeholder undefined
put-your-key-here add_your_key_here your-256-bit-secret paste_token_here my_password your-password yourpassword mypassword
PUT_YOUR_TOKEN_HERE API_KEY_GOES_HERE my-app-secret-here secret-from-vault set-in-environment
[REDACTED] <redacted> <hidden> *** __SECRET__ @@API_KEY@@ %API_KEY% $API_KEY ${API_KEY} ${API_KEY:-} ${DB_PASSWORD:?required}
$(API_KEY) {{api_key}} {{.Values.apiKey}} {api_key} %(api_key)s #{api_key} #{ENV['API_KEY']} <%=ENV['API_KEY']%> ${env:API_KEY}
${var.api_key} ${secrets.apiKey} ${ssm:/prod/api-key} $$API_KEY$$ {{vault_api_key}} ((api-key)) %{api_key} ${file(./key.txt)}
vault:secret/data/app#api_key op://prod/stripe/credential ref+awsssm://prod/api-key env:API_KEY file:///run/secrets/api_key
/run/secrets/db_password arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/api sm://acme/api-key keyring:api-key
projects/acme/secrets/api-key/versions/latest awssm:prod/api-key akv://acme-vault/api-key gcp:secretmanager:acme/api-key
""".split()

# A service's prefix and then nothing of a key. Prefix and rest are joined at run time.
PREFIXED = [
    ("sk-", "your-key-here"), ("sk-", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"), ("sk_live_", "xxxxxxxxxxxxxxxxxxxxxxxx"),
    ("sk_test_", "YOUR_KEY_HERE"), ("ghp_", "x" * 36), ("ghp_", "your_token_here"), ("github_pat_", "XXXX"), ("AKIA", "X" * 16),
    ("hf_", "your_token_here"), ("hf_", "x" * 34), ("xoxb-", "your-token"), ("xoxb-", "XXXXXXXXXXXX-XXXXXXXXXXXX-XXXXXXXXXXXXXXXXXXXXXXXX"),
    ("AIza", "Sy" + "X" * 33), ("AIza", "SyYourApiKeyHere"), ("SG.", "xxxxxxxxxxxxxxxxxxxxxx.yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"),
    ("glpat-", "X" * 20), ("glpat-", "your-token"), ("npm_", "x" * 36), ("dop_v1_", "x" * 64), ("key-", "x" * 32), ("sk-ant-", "api03-your-key"),
    ("sk-ant-", "..."), ("whsec_", "..."), ("pypi-", "your-token"), ("hvs.", "your-token"), ("rk_live_", "..."), ("sk-proj-", "..."),
    ("dckr_pat_", "xxxxxxxxxxxxxxxxxxxxxxxxxxx"), ("gsk_", "your_groq_key"), ("shpat_", "x" * 32), ("EAAA", "..."), ("lin_api_", "xxxxx"),
    ("r8_", "*" * 37), ("nvapi-", "<key>"), ("pat", "XXXXXXXXXXXXXX.XXXX"), ("re_", "123456789"), ("xkeysib-", "your-key"), ("dapi", "x" * 32),
]

SEQUENCES = [
    "1234567890abcdef1234567890abcdef", "0123456789abcdef0123456789abcdef", "abcdefghijklmnopqrstuvwxyz123456", "0" * 32, "a" * 40,
    "deadbeefdeadbeefdeadbeefdeadbeef", "00112233445566778899aabbccddeeff", "ffffffffffffffffffffffffffffffff", "1111-2222-3333-4444",
    "00000000-0000-0000-0000-000000000000", "11111111-2222-3333-4444-555555555555", "12345678-1234-1234-1234-123456789012", "abc123abc123abc123",
    "qwertyuiopasdfghjklzxcvbnm", "123456", "12345678", "abcdefg", "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
]

NAMES = (
    "API_KEY API_TOKEN SECRET_KEY ACCESS_TOKEN AUTH_TOKEN PASSWORD DB_PASSWORD CLIENT_SECRET STRIPE_SECRET_KEY OPENAI_API_KEY "
    "GITHUB_TOKEN AWS_SECRET_ACCESS_KEY SLACK_BOT_TOKEN SENDGRID_API_KEY JWT_SECRET SESSION_SECRET SMTP_PASSWORD HF_TOKEN "
    "ANTHROPIC_API_KEY DATADOG_API_KEY SENTRY_AUTH_TOKEN TWILIO_AUTH_TOKEN MAILGUN_API_KEY REDIS_PASSWORD POSTGRES_PASSWORD"
).split()


def literal(rng):
    """A literal that is written like any secret and is none."""
    name = rng.choice(NAMES)
    draw = rng.random()
    if draw < 0.6:
        kind, value, strict = "placeholder", rng.choice(PLACEHOLDERS), True
    elif draw < 0.78:
        prefix, body = rng.choice(PREFIXED)
        kind, value, strict = "placeholder-prefixed", prefix + body, True
    elif draw < 0.88:
        kind, value, strict = "sequence", rng.choice(SEQUENCES), False
    elif draw < 0.94:
        kind, value, strict = documented(rng)
    else:
        kind, value, strict = broken(rng)
    return Entry(name, value, near(kind, value, strict))


def documented(rng):
    """Keys out of providers' own manuals, in two pieces so that this file holds none."""
    known = [
        ("AKIAIOSFODNN7" + "EXAMPLE", True),
        ("wJalrXUtnFEMI/K7MDENG/bPxRfi" + "CYEXAMPLEKEY", True),
        ("je7MtGbClwBF/2Zp9Utk/h3yCo8n" + "vbEXAMPLEKEY", True),
        ("sk_" + "test_4eC39HqLyjWDarjtT1zdp7dc", False),
        ("sk_" + "test_BQokikJOvBiI2HlWgH4olfQ2", False),
    ]
    value, strict = rng.choice(known)
    return "documented-example", value, strict


def broken(rng):
    """A known prefix with a wrong length or a checksum that fails."""
    shapes = [
        '{{"ghp_"}}{{alnum:20}}', '{{"ghp_"}}{{alnum:30}}000000', '{{"npm_"}}{{alnum:30}}zzzzzz', '{{"hf_"}}{{alpha:12}}',
        '{{"AKIA"}}{{base32:9}}', '{{"xoxb-"}}{{digit:6}}', '{{"SG."}}{{alnum:8}}.{{alnum:9}}', '{{"glpat-"}}{{alnum:9}}',
        '{{"AIza"}}{{alnum:18}}', '{{"sk_live_"}}{{alnum:5}}', '{{"dop_v1_"}}{{hex:30}}', '{{"gsk_"}}{{alnum:20}}', '{{"r8_"}}{{alnum:12}}',
    ]
    return "broken-token", templates.expand(rng.choice(shapes), rng), False


# --- references and other code ---------------------------------------------------------------------------------------

# What a scanner may take for a value stands in <…>.
REFERENCES = {
    "src/config.js": ["const apiKey = <process.env.API_KEY>;", "const password = <req.body.password>;", "const token = <await getToken(user)>;", "  secret: <config.get('session.secret')>,", "const { accessToken } = <useAuth()>;", "const secretKey = <localStorage.getItem('secretKey')>;"],
    "app/settings.py": ["API_KEY = <os.environ['API_KEY']>", "SECRET_KEY = <os.getenv('SECRET_KEY')>", "password = <getpass.getpass('Password: ')>", "token = <request.headers.get('X-Auth-Token')>", "password = <form.cleaned_data['password']>", "client_secret = <settings.OAUTH_CLIENT_SECRET>", "api_key = <config['stripe']['api_key']>", "password = <input('Enter password: ')>", "secret = <secrets.token_hex(32)>", "auth_token = <self._auth_token>"],
    "src/main/java/io/acme/Auth.java": ["String password = <request.getParameter(\"password\")>;", "String token = <System.getenv(\"API_TOKEN\")>;", "this.secret = <properties.getSecret()>;", "private final String apiKey = <null>;", "char[] password = <console.readPassword(\"Password: \")>;", "String secretKey = <UUID.randomUUID().toString()>;"],
    "internal/auth.go": ["token := <os.Getenv(\"API_TOKEN\")>", "password := <r.FormValue(\"password\")>", "secret, err := <vault.Read(ctx, path)>", "APIKey: <cfg.Stripe.APIKey>,"],
    "lib/auth.rb": ["api_key = <ENV.fetch('API_KEY')>", "password = <params[:user][:password]>", "secret = <Rails.application.credentials.stripe_secret>"],
    "src/Auth.cs": ["var apiKey = <Configuration[\"Stripe:ApiKey\"]>;", "var password = <Environment.GetEnvironmentVariable(\"DB_PASSWORD\")>;"],
    "src/auth.rs": ["let token = <env::var(\"API_TOKEN\")?>;", "let password = <rpassword::prompt_password(\"Password: \")?>;"],
    "app/Auth.php": ["$password = <$_POST['password']>;", "$apiKey = <getenv('API_KEY')>;", "$secret = <config('services.stripe.secret')>;"],
    ".github/workflows/ci.yml": ["          API_KEY: <${{ secrets.API_KEY }}>", "          token: <${{ github.token }}>", "          password: <${{ secrets.DOCKERHUB_TOKEN }}>"],
    "main.tf": ["  password = <var.db_password>", "  api_key  = <data.vault_generic_secret.api.data[\"key\"]>", "  secret   = <random_password.db.result>", "  token    = <aws_ssm_parameter.token.value>"],
    "roles/app/tasks/main.yml": ["    password: \"<{{ vault_db_password }}>\"", "    token: \"<{{ lookup('env', 'API_TOKEN') }}>\""],
    "template.yml": ["      Password: <!Ref DbPassword>", "      Secret: '<{{resolve:secretsmanager:prod/db:SecretString:password}}>'"],
    "k8s/deploy.yaml": ["            - name: API_KEY\n              valueFrom:\n                secretKeyRef:\n                  name: <api-credentials>\n                  key: <api-key>"],
    "deploy.sh": ["export API_TOKEN=\"<$(vault kv get -field=token secret/app)>\"", "PASSWORD=<`cat /run/secrets/password`>", "read -s -p 'Password: ' <PASSWORD>", "curl -H \"Authorization: Bearer <$TOKEN>\" $URL", "TOKEN=<$1>", "mysql -u root -p<\"$MYSQL_ROOT_PASSWORD\"> shop"],
    "Jenkinsfile": ["    API_KEY = <credentials('api-key')>", "    withCredentials([string(credentialsId: '<deploy-token>', variable: 'TOKEN')]) {"],
    "types.ts": ["  password: <string>;", "  accessToken?: <string | undefined>;", "export type Credentials = { apiKey: <string>; secret: <string> };", "const tokenTypes: <TokenType[]> = [];"],
    "Model.kt": ["    val password: <String>,", "    fun getPassword(): <String> = field", "    var apiKey: <String? = null>"],
    "schema.graphql": ["  password: <String!>", "  apiToken: <String>"],
    "schema.sql": ["  password <varchar(255) NOT NULL>,", "  api_token <character varying(64)>,", "  secret_key <TEXT DEFAULT NULL>,"],
    "message.proto": ["  string password = <3>;", "  bytes secret_token = <4>;"],
    "openapi.yaml": ["        password:\n          type: <string>\n          format: <password>\n          minLength: 8"],
}


def references(rng, marks):
    path = rng.choice(sorted(REFERENCES))
    lines = rng.sample(REFERENCES[path], min(len(REFERENCES[path]), rng.randint(1, 4)))
    text = []
    for line in lines:
        text.append(re.sub("<([^<>]+)>", lambda found: marks.wrap(near("reference", found[1]), found[1]), line))
    return path, "\n".join(text) + "\n", "reference"


# --- whole files -----------------------------------------------------------------------------------------------------


class Page:
    """Writes a file piece by piece; `n` marks a near miss."""

    def __init__(self, rng, marks, kind, strict=True):
        self.rng, self.marks, self.kind, self.strict = rng, marks, kind, strict

    def n(self, value):
        if not value:
            return ""
        return self.marks.wrap(near(self.kind, value, self.strict), value)

    def hex(self, count):
        return pick(self.rng, "hex", count)

    def sha(self, name="sha512", size=64):
        return f"{name}-{b64(random_bytes(self.rng, size))}"


WORDS = "left-pad chalk lodash axios react vue express semver glob debug yargs rollup vite jest webpack postcss acorn".split()


def npm_lock(p):
    rows = "".join(f'    "node_modules/{w}": {{\n      "version": "{p.rng.randint(1, 9)}.{p.rng.randint(0, 20)}.{p.rng.randint(0, 9)}",\n      "integrity": "{p.n(p.sha())}"\n    }},\n' for w in p.rng.sample(WORDS, 4))
    return "package-lock.json", f'{{\n  "name": "app",\n  "lockfileVersion": 3,\n  "packages": {{\n{rows}    "": {{}}\n  }}\n}}\n'


def yarn_lock(p):
    rows = "".join(f'{w}@^{p.rng.randint(1, 9)}.0.0:\n  version "{p.rng.randint(1, 9)}.1.0"\n  integrity {p.n(p.sha())}\n\n' for w in p.rng.sample(WORDS, 3))
    return "yarn.lock", "# yarn lockfile v1\n\n" + rows


def go_sum(p):
    rows = "".join(f"github.com/acme/{w} v1.{p.rng.randint(0, 30)}.{p.rng.randint(0, 9)} h1:{p.n(b64(random_bytes(p.rng, 32)))}\n" for w in p.rng.sample(WORDS, 4))
    return "go.sum", rows


def cargo_lock(p):
    rows = "".join(f'[[package]]\nname = "{w}"\nversion = "1.0.{p.rng.randint(1, 90)}"\nchecksum = "{p.n(p.hex(64))}"\n\n' for w in p.rng.sample(WORDS, 3))
    return "Cargo.lock", "version = 3\n\n" + rows


def poetry_lock(p):
    rows = "".join(f'[[package]]\nname = "{w}"\nfiles = [\n    {{file = "{w}-1.0.tar.gz", hash = "sha256:{p.n(p.hex(64))}"}},\n]\n\n' for w in p.rng.sample(WORDS, 3))
    return "poetry.lock", rows


def requirements(p):
    rows = "".join(f"{w}==1.{p.rng.randint(0, 20)}.0 \\\n    --hash=sha256:{p.n(p.hex(64))}\n" for w in p.rng.sample(WORDS, 3))
    return "requirements.txt", rows


def composer_lock(p):
    rows = ",".join(f'{{"name": "acme/{w}", "source": {{"type": "git", "reference": "{p.n(p.hex(40))}"}}, "dist": {{"shasum": "{p.n(p.hex(40))}"}}}}' for w in p.rng.sample(WORDS, 2))
    return "composer.lock", f'{{"content-hash": "{p.n(p.hex(32))}", "packages": [{rows}]}}\n'


def checksums(p):
    rows = "".join(f"{p.n(p.hex(64))}  acme-{p.rng.randint(1, 9)}.{p.rng.randint(0, 9)}-linux-{arch}.tar.gz\n" for arch in ("amd64", "arm64", "386"))
    return p.rng.choice(["SHA256SUMS", "dist/checksums.txt"]), rows


def commits(p):
    rows = "".join(f"- Fix {w} ({p.n(p.hex(40))})\n" for w in p.rng.sample(WORDS, 4))
    return "CHANGELOG.md", f"# Changelog\n\n## 1.4.0\n\n{rows}"


def submodule(p):
    return "versions.json", f'{{"commit": "{p.n(p.hex(40))}", "tree": "{p.n(p.hex(40))}", "build": "{p.n(p.hex(12))}"}}\n'


def actions_pinned(p):
    return ".github/workflows/pinned.yml", f"jobs:\n  a:\n    steps:\n      - uses: actions/checkout@{p.n(p.hex(40))} # v4\n      - uses: actions/setup-node@{p.n(p.hex(40))} # v4\n"


def digests(p):
    return p.rng.choice(["Dockerfile", "k8s/image.yaml"]), f"FROM alpine@sha256:{p.n(p.hex(64))}\n# image: acme/api@sha256:{p.n(p.hex(64))}\n"


def etags(p):
    return "logs/s3.log", f'HTTP/1.1 200 OK\nETag: "{p.n(p.hex(32))}"\nx-amz-request-id: {p.n(pick(p.rng, "upper+digit", 16))}\nx-amz-id-2: {p.n(b64(random_bytes(p.rng, 57)))}\n'


def uuids(p):
    rows = "".join(f'  {{"id": "{p.n(uuid4(p.rng))}", "name": "{w}"}},\n' for w in p.rng.sample(WORDS, 4))
    return p.rng.choice(["fixtures/products.json", "data/items.json"]), f"[\n{rows}  {{}}\n]\n"


def solution(p):
    return "Acme.sln", f'Project("{{{p.n(uuid4(p.rng).upper())}}}") = "Api", "Api.csproj", "{{{p.n(uuid4(p.rng).upper())}}}"\nEndProject\n'


def storyboard(p):
    rows = "".join(f'  <view id="{p.n("-".join(pick(p.rng, "alnum", k) for k in (3, 2, 3)))}" key="view"/>\n' for _ in range(3))
    return "App/Main.storyboard", f"<document>\n{rows}</document>\n"


def xcode(p):
    rows = "".join(f"\t\t{p.n(pick(p.rng, 'upper+digit', 24))} /* {w}.swift */ = {{isa = PBXFileReference; path = {w}.swift; }};\n" for w in p.rng.sample(WORDS, 4))
    return "App.xcodeproj/project.pbxproj", "// !$*UTF8*$!\n{\n" + rows + "}\n"


def public_key(p):
    ssh = b64(b"\0\0\0\x0bssh-ed25519\0\0\0 " + random_bytes(p.rng, 32))
    return p.rng.choice(["keys/deploy.pub", ".ssh/authorized_keys", "known_hosts"]), f"ssh-ed25519 {p.n(ssh)} deploy@build\n"


def public_pem(p):
    body = "\n".join(b64(random_bytes(p.rng, 48)) for _ in range(6))
    return p.rng.choice(["keys/public.pem", "jwt/public.pem"]), f"{'-' * 5}BEGIN PUBLIC KEY{'-' * 5}\n{p.n(body)}\n{'-' * 5}END PUBLIC KEY{'-' * 5}\n"


def certificate(p):
    body = "\n".join(b64(random_bytes(p.rng, 48)) for _ in range(15))
    return p.rng.choice(["certs/ca.crt", "ssl/chain.pem"]), f"{'-' * 5}BEGIN CERTIFICATE{'-' * 5}\n{p.n(body)}\n{'-' * 5}END CERTIFICATE{'-' * 5}\n"


def ca_data(p):
    body = b64("-----BEGIN CERTIFICATE-----\n" + b64(random_bytes(p.rng, 300)) + "\n-----END CERTIFICATE-----\n")
    return "kubeconfig.yaml", f"apiVersion: v1\nkind: Config\nclusters:\n  - name: prod\n    cluster:\n      certificate-authority-data: {p.n(body)}\n      server: https://10.0.0.1:6443\n"


def pgp_public(p):
    body = "\n".join(b64(random_bytes(p.rng, 48)) for _ in range(8))
    return "KEYS", f"{'-' * 5}BEGIN PGP PUBLIC KEY BLOCK{'-' * 5}\n\n{p.n(body)}\n{'-' * 5}END PGP PUBLIC KEY BLOCK{'-' * 5}\n"


def pem_words(p):
    dash = "-" * 5
    return p.rng.choice(["src/pem.py", "lib/pem.js"]), f"HEADER = '{p.n(dash + 'BEGIN RSA PRIVATE KEY' + dash)}'\nFOOTER = '{p.n(dash + 'END RSA PRIVATE KEY' + dash)}'\n"


def publishable(p):
    p.strict = False
    rows = [
        ("STRIPE_PUBLISHABLE_KEY", "pk_" + "live_" + pick(p.rng, "alnum", 24)),
        ("NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY", "sb_" + "publishable_" + pick(p.rng, "alnum", 31)),
        ("NEXT_PUBLIC_POSTHOG_KEY", "phc_" + pick(p.rng, "alnum", 43)),
        ("SENTRY_DSN", f"https://{p.hex(32)}@o{pick(p.rng, 'digit', 6)}.ingest.sentry.io/{pick(p.rng, 'digit', 7)}"),
        ("LANGFUSE_PUBLIC_KEY", "pk-lf-" + uuid4(p.rng)),
        ("CLERK_PUBLISHABLE_KEY", "pk_" + "live_" + b64("clerk.acme-widgets.io$")),
        ("MAPBOX_PUBLIC_TOKEN", "pk." + b64url('{"u":"acme","a":"' + pick(p.rng, "lower+digit", 25) + '"}') + "." + pick(p.rng, "base64url", 22)),
        ("RECAPTCHA_SITE_KEY", "6L" + pick(p.rng, "alnum", 38)),
    ]
    return ".env.public", "".join(f"{name}={p.n(value)}\n" for name, value in p.rng.sample(rows, 3))


def identifiers(p):
    rows = [
        ("GOOGLE_CLIENT_ID", pick(p.rng, "digit", 12) + "-" + pick(p.rng, "lower+digit", 32) + ".apps.googleusercontent.com"),
        ("AZURE_TENANT_ID", uuid4(p.rng)),
        ("AZURE_CLIENT_ID", uuid4(p.rng)),
        ("AWS_ACCOUNT_ID", pick(p.rng, "digit", 12)),
        ("GA_MEASUREMENT_ID", "G-" + pick(p.rng, "upper+digit", 10)),
        ("GITHUB_APP_ID", pick(p.rng, "digit", 6)),
        ("FACEBOOK_APP_ID", pick(p.rng, "digit", 16)),
        ("SPACE_ID", pick(p.rng, "lower+digit", 12)),
        ("AWS_ROLE_ARN", f"arn:aws:iam::{pick(p.rng, 'digit', 12)}:role/deploy"),
        ("KMS_KEY_ID", uuid4(p.rng)),
        ("HOSTED_ZONE_ID", "Z" + pick(p.rng, "upper+digit", 20)),
        ("TOKEN_URL", "https://login.acme-widgets.io/oauth/token"),
        ("SECRET_NAME", "prod/api/credentials"),
        ("PASSWORD_FILE", "/run/secrets/db-password"),
        ("API_KEY_HEADER", "X-Acme-Api-Key"),
        ("TOKEN_EXPIRY", "86400"),
        ("PASSWORD_MIN_LENGTH", "12"),
        ("SSH_KEY_NAME", "deploy-key-2024"),
        ("AUTH_TOKEN_ALGORITHM", "RS256"),
        ("JWT_SECRET_PATH", "config/jwt/secret.pem"),
        ("CLIENT_SECRET_ROTATION_DAYS", "90"),
    ]
    return p.rng.choice([".env", "config/ids.env"]), "".join(f"{name}={p.n(value)}\n" for name, value in p.rng.sample(rows, 5))


def minified(p):
    names, field = "abcdefghijklmnop", "pass" "word"
    parts = [f"function {p.rng.choice(names)}({p.rng.choice(names)},{p.rng.choice(names)}){{return {p.rng.choice(names)}.{field}=e.token||\"\",t[{p.rng.randint(1, 999)}]}}" for _ in range(25)]
    blob = ";".join(parts)
    return "public/static/app." + p.hex(8) + ".min.js", f"!function(e,t){{{p.n(blob)}}}(window);\n"


def chunk_names(p):
    rows = ",".join(f'{n}:"{p.n(p.hex(20))}"' for n in range(4))
    return "public/static/runtime.js", f"(()=>{{var e={{{rows}}};}})();\n"


def image(p):
    data = b64(b"\x89PNG\r\n\x1a\n" + random_bytes(p.rng, 400))
    return p.rng.choice(["src/logo.css", "email/template.html"]), f'.logo {{ background: url("data:image/png;base64,{p.n(data)}"); }}\n'


def font(p):
    data = b64(b"wOF2\0\1\0\0" + random_bytes(p.rng, 600))
    return "src/fonts.css", f"@font-face {{ font-family: A; src: url(data:font/woff2;base64,{p.n(data)}) format('woff2'); }}\n"


def svg(p):
    path = " ".join(f"{p.rng.choice('MLCQ')}{p.rng.uniform(0, 200):.3f},{p.rng.uniform(0, 200):.3f}" for _ in range(40))
    return "icons/key.svg", f'<svg viewBox="0 0 24 24"><title>password</title><path d="{p.n(path)}"/></svg>\n'


def css_classes(p):
    rows = "".join(f".token_{p.n(pick(p.rng, 'alnum', 6))} {{ color: #{p.hex(6)}; }}\n" for _ in range(4))
    return "src/module.css", rows


def source_map(p):
    data = "".join(p.rng.choice(["AAAA", "CAAC", "IAAM", "SAAS", ",", ";"]) for _ in range(120))
    return "dist/app.js.map", f'{{"version":3,"file":"app.js","mappings":"{p.n(data)}","names":["password","token"]}}\n'


# Language: password, forgotten, confirm, access key, client secret.
TRANSLATIONS = """
de -> Passwort -> Passwort vergessen? -> Passwort bestätigen -> Zugangsschlüssel -> Geheimnis
fr -> Mot de passe -> Mot de passe oublié ? -> Confirmer le mot de passe -> Clé d'accès -> Secret
es -> Contraseña -> ¿Olvidaste tu contraseña? -> Confirmar contraseña -> Clave de acceso -> Secreto
nl -> Wachtwoord -> Wachtwoord vergeten? -> Bevestig wachtwoord -> Toegangssleutel -> Geheim
en -> Password -> Forgot your password? -> Confirm password -> Access key -> Client secret
pt -> Senha -> Esqueceu a senha? -> Confirme a senha -> Chave de acesso -> Segredo
pl -> Hasło -> Zapomniałeś hasła? -> Potwierdź hasło -> Klucz dostępu -> Sekret
"""


def translations(p):
    language, *values = p.rng.choice(TRANSLATIONS.strip().split("\n")).split(" -> ")
    keys = ["password", "forgot_password", "confirm_password", "access_key", "client_secret"]
    form = p.rng.choice(["json", "yaml", "properties", "strings", "ts"])
    pairs = list(zip(keys, values))
    if form == "json":
        return f"locales/{language}.json", "{\n" + ",\n".join(f'  "{k}": "{p.n(v)}"' for k, v in pairs) + "\n}\n"
    if form == "yaml":
        return f"config/locales/{language}.yml", f"{language}:\n" + "".join(f'  {k}: "{p.n(v)}"\n' for k, v in pairs)
    if form == "properties":
        return f"messages_{language}.properties", "".join(f"login.{k}={p.n(v)}\n" for k, v in pairs)
    if form == "strings":
        return f"res/values-{language}/strings.xml", "<resources>\n" + "".join(f'  <string name="{k}">{p.n(v)}</string>\n' for k, v in pairs) + "</resources>\n"
    return f"src/i18n/{language}.ts", "export default {\n" + "".join(f'  {k}: "{p.n(v)}",\n' for k, v in pairs) + "};\n"


def form_fields(p):
    names = ["password", "current-password", "new-password", "user[password]", "api_key", "csrf_token"]
    rows = "".join(f'  <input type="password" name="{p.n(n)}" id="{p.n(n)}-field" placeholder="Enter your password">\n' for n in p.rng.sample(names, 2))
    return p.rng.choice(["templates/login.html", "src/Login.vue"]), f"<form>\n{rows}</form>\n"


def error_messages(p):
    texts = ["Invalid password or user name", "The password must have at least 8 characters", "Your access token has expired", "password is required", "Passwords do not match", "Missing API key in request header", "token must not be blank", "Bad credentials: wrong secret"]
    keys = ["ERR_PASSWORD", "passwordError", "INVALID_TOKEN", "secretMessage", "MISSING_API_KEY", "password_help"]
    rows = "".join(f'  {p.rng.choice(keys)}: "{p.n(t)}",\n' for t in p.rng.sample(texts, 4))
    return p.rng.choice(["src/errors.js", "lib/messages.ts"]), f"export const messages = {{\n{rows}}};\n"


def constants(p):
    pairs = [("PASSWORD_FIELD", "password"), ("TOKEN_HEADER", "X-Auth-Token"), ("SECRET_PARAM", "client_secret"), ("API_KEY_NAME", "apiKey"), ("GRANT_TYPE_PASSWORD", "urn:ietf:params:oauth:grant-type:password"), ("TOKEN_TYPE", "Bearer"), ("SECRET_ENGINE", "kv-v2"), ("PASSWORD_ENCODER", "bcrypt"), ("AUTH_TOKEN_COOKIE", "acme_session"), ("KEY_ALGORITHM", "AES/GCM/NoPadding"), ("PASSWORD_PROPERTY", "spring.datasource.password"), ("SECRET_KIND", "kubernetes.io/service-account-token")]
    rows = "".join(f'    public static final String {k} = "{p.n(v)}";\n' for k, v in p.rng.sample(pairs, 5))
    return "src/main/java/io/acme/Names.java", f"package io.acme;\n\nfinal class Names {{\n{rows}}}\n"


def class_names(p):
    names = ["org.springframework.security.crypto.password.PasswordEncoder", "com.acme.security.token.JwtTokenProviderFactoryBean", "io.acme.auth.SecretKeyResolverAutoConfiguration", "javax.security.auth.callback.PasswordCallback"]
    rows = "".join(f"secret.{k}.class={p.n(v)}\n" for k, v in zip("abcd", p.rng.sample(names, 3)))
    return "META-INF/spring.properties", rows


def encrypted_sops(p):
    rows = "".join(f"{k}: {p.n(f'ENC[AES256_GCM,data:{b64(random_bytes(p.rng, 24))},iv:{b64(random_bytes(p.rng, 32))},tag:{b64(random_bytes(p.rng, 16))},type:str]')}\n" for k in ("db_password", "api_key", "stripe_secret"))
    return "secrets.enc.yaml", rows + "sops:\n  version: 3.8.1\n"


def encrypted_vault(p):
    body = "\n          ".join(p.hex(80) for _ in range(4))
    return "group_vars/prod.yml", f"db_password: !vault |\n          $ANSIBLE_VAULT;1.1;AES256\n          {p.n(body)}\n"


def sealed(p):
    return "k8s/sealed.yaml", f"apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nspec:\n  encryptedData:\n    password: {p.n('AgB' + b64(random_bytes(p.rng, 300)))}\n    api-key: {p.n('AgA' + b64(random_bytes(p.rng, 300)))}\n"


def rails_encrypted(p):
    return "config/credentials.yml.enc", p.n(f"{b64(random_bytes(p.rng, 240))}--{b64(random_bytes(p.rng, 12))}--{b64(random_bytes(p.rng, 16))}") + "\n"


def travis_secure(p):
    return ".travis.yml", f'language: ruby\nenv:\n  global:\n    - secure: "{p.n(b64(random_bytes(p.rng, 512)))}"\n'


def jasypt(p):
    return "application-prod.properties", f"spring.datasource.password=ENC({p.n(b64(random_bytes(p.rng, 32)))})\nmaven.password={{{p.n(b64(random_bytes(p.rng, 32)))}}}\n"


def urls(p):
    rows = ["postgres://localhost:5432/shop", "redis://cache:6379/0", "mysql://root@localhost/shop", "amqp://rabbit:5672", "mongodb://mongo:27017/shop", "https://user@git.acme-widgets.io/shop.git", "postgresql://${DB_USER}:${DB_PASS}@db/shop", "redis://:<password>@host:6379", "postgres://user:password@localhost/db", "mysql://username:password@hostname:3306/database", "jdbc:postgresql://localhost:5432/shop", "mongodb+srv://<username>:<password>@cluster0.example.mongodb.net", "ftp://anonymous:anonymous@ftp.example.com", "https://example.com/reset?token={token}", "https://acme-widgets.io/docs/api-keys#create-a-token"]
    return p.rng.choice(["docs/urls.md", "README.md", "config/urls.txt"]), "".join(f"- {p.n(u)}\n" for u in p.rng.sample(rows, 5))


def versions(p):
    return p.rng.choice(["gradle/libs.versions.toml", "versions.properties"]), "".join(f'{n} = "{p.n(f"{p.rng.randint(0, 9)}.{p.rng.randint(0, 30)}.{p.rng.randint(0, 9)}-SNAPSHOT-{p.hex(7)}")}"\n' for n in ("token-lib", "secret-store", "password4j"))


def regexes(p):
    rows = ["^(?=.*[A-Z])(?=.*[0-9]).{8,}$", "(?i)password\\s*[:=]\\s*\\S+", "[A-Za-z0-9+/]{40}", "^[a-f0-9]{32}$", "Bearer [A-Za-z0-9._-]+", "AKIA[0-9A-Z]{16}", "ghp_[a-zA-Z0-9]{36}", "sk_live_[0-9a-zA-Z]{24}", "xox[baprs]-[0-9a-zA-Z-]{10,}", "-----BEGIN [A-Z ]+PRIVATE KEY-----"]
    return p.rng.choice(["src/patterns.py", "lib/mask.js"]), "".join(f"TOKEN_PATTERN_{i} = r'{p.n(r)}'\n" for i, r in enumerate(p.rng.sample(rows, 4)))


def policy(p):
    rows = ["minimum_length = 12", "require_uppercase_password = true", "password_expiry_days = 90", "token_ttl = 3600s", "secret_rotation = weekly", "password_hash = argon2id", "token_endpoint_auth_method = client_secret_basic", "api_key_required = true"]
    return "policy.ini", "[password]\n" + "".join(f"{r.split(' = ')[0]} = {p.n(r.split(' = ')[1])}\n" for r in p.rng.sample(rows, 4))


def vectors(p):
    p.strict = False
    rows = "".join(f'    {{ key: "{p.n(p.hex(32))}", iv: "{p.n(p.hex(24))}", tag: "{p.n(p.hex(32))}" }},\n' for _ in range(3))
    return p.rng.choice(["crypto/aes_gcm_vectors_test.js", "test/vectors/gcm.js"]), f"const vectors = [\n{rows}];\n"


def round_constants(p):
    rows = ", ".join("0x" + p.hex(8) for _ in range(16))
    return "src/sha256.c", f"static const uint32_t K[] = {{ {p.n(rows)} }};\n"


def table(p):
    rows = ",\n    ".join(", ".join(f"0x{p.hex(2)}" for _ in range(12)) for _ in range(5))
    return p.rng.choice(["src/sbox.c", "font/glyphs.h"]), f"static const unsigned char key_table[] = {{\n    {p.n(rows)}\n}};\n"


def descriptor(p):
    return "gen/api_pb2.py", f"DESCRIPTOR = _pool.AddSerializedFile(b'{p.n(chr(92) + 'n' + chr(92) + 'x0f' + 'acme/auth.proto' + chr(92) + 'x12' + chr(92) + 'x04' + 'acme' + pick(p.rng, 'alnum', 40) + 'password' + chr(92) + 'x18')}')\n"


def pb_go(p):
    rows = "\n\t".join(", ".join(f"0x{p.hex(2)}" for _ in range(16)) + "," for _ in range(4))
    return "gen/auth.pb.go", f"package gen\n\nvar fileDescriptor_auth = []byte{{\n\t{p.n(rows)}\n}}\n"


def serials(p):
    rows = [("serial_number", pick(p.rng, "upper+digit", 12)), ("order_key", "ORD-" + pick(p.rng, "digit", 10)), ("tracking_token", "1Z" + pick(p.rng, "upper+digit", 16)), ("mac", ":".join(p.hex(2) for _ in range(6))), ("iban", "DE" + pick(p.rng, "digit", 20)), ("isbn", "978" + pick(p.rng, "digit", 10)), ("vin", pick(p.rng, "upper+digit", 17)), ("phone", "+49 30 " + pick(p.rng, "digit", 8)), ("part_key", "PN-" + pick(p.rng, "upper+digit", 8))]
    return "data/devices.csv", "name,value\n" + "".join(f"{k},{p.n(v)}\n" for k, v in p.rng.sample(rows, 5))


def licence(p):
    return "LICENSE-3RD", p.n("Permission is hereby granted, free of charge, to any person obtaining a copy of this software") + "\nand associated documentation files. Key: value. Token: see NOTICE.\n"


def prompts(p):
    rows = ["Enter password: ", "Password for %s: ", "New password (min 8 chars): ", "API token (leave empty to skip): ", "Passphrase for key '%s': "]
    return p.rng.choice(["src/prompt.c", "cli/prompt.go"]), "".join(f'prompt("{p.n(r)}");\n' for r in p.rng.sample(rows, 3))


def documentation(p):
    rows = ["Set `API_KEY` to the key from your account page.", "The `password` option takes a string.", "Pass the token with `--token <token>`.", "`secret` (string, required): the client secret of your application.", "Use `Authorization: Bearer <access_token>`.", "curl -H \"Authorization: Bearer YOUR_ACCESS_TOKEN\" https://api.acme-widgets.io", "curl -u username:password https://api.acme-widgets.io", "export STRIPE_SECRET_KEY=sk_live_...", "password: the user's password, never logged"]
    return p.rng.choice(["docs/configuration.md", "docs/auth.rst"]), "# Authentication\n\n" + "".join(f"- {p.n(r)}\n" for r in p.rng.sample(rows, 5))


def env_example(p):
    rows = "".join(f"{name}={p.n(p.rng.choice(['', 'your-key', 'changeme', '<fill in>', 'xxx', 'secret', 'CHANGE_ME'])) }\n" for name in p.rng.sample(NAMES, 6))
    return p.rng.choice([".env.example", ".env.sample", ".env.template", ".env.dist"]), rows


def javadoc(p):
    return "src/main/java/io/acme/Client.java", f"/**\n * @param password {p.n('the password of the account, at least eight characters')}\n * @param token {p.n('the OAuth2 access token as returned by the authorization server')}\n */\nclass Client {{}}\n"


def method_calls(p):
    rows = ["user.setPassword(passwordEncoder.encode(password));", "client.setApiKey(props.getProperty(\"acme.apiKey\"));", "token = tokenService.createToken(user, Duration.ofHours(1));", "if (password.equals(confirmPassword)) {", "secretKey = KeyGenerator.getInstance(\"AES\").generateKey();", "assertThat(token).isNotBlank();", "password = password.trim().toLowerCase();", "String hash = BCrypt.hashpw(password, BCrypt.gensalt());"]
    return "src/main/java/io/acme/Service.java", "class Service {\n  void run() {\n" + "".join(f"    {p.n(r)}\n" for r in p.rng.sample(rows, 4)) + "  }\n}\n"


def test_data(p):
    p.strict = False
    names = "password token secret api_key apiKey pwd access_token".split()
    values = "test foo bar test-secret test_api_key password abc123 fake-token pass s3cr3t".split()
    rows = [f"    {p.rng.choice(names)}{p.rng.choice([' = ', ': '])}'{p.n(value)}'\n" for value in p.rng.sample(values, 4)]
    return p.rng.choice(["tests/test_login.py", "spec/login_spec.rb", "src/__tests__/login.test.js"]), "def test_login():\n" + "".join(rows)


def jwt_expired_example(p):
    p.strict = False
    head = b64url('{"alg":"HS256","typ":"JWT"}')
    body = b64url('{"sub":"1234567890","name":"John Doe","iat":1516239022}')
    return "docs/jwt.md", f"A token looks like this:\n\n    {p.n(head + '.' + body + '.' + 'SflKxwRJSMeKKF2QT4fw' + 'pMeJf36POk6yJV_adQssw5c')}\n"


def jwks(p):
    return "static/jwks.json", f'{{"keys": [{{"kty": "RSA", "kid": "{p.n(p.hex(40))}", "use": "sig", "e": "AQAB", "n": "{p.n(b64url(random_bytes(p.rng, 256)))}"}}]}}\n'


def nonces(p):
    return "templates/base.html", f'<meta name="csrf-token" content="{p.n(b64(random_bytes(p.rng, 32)))}">\n<script nonce="{p.n(b64(random_bytes(p.rng, 16)))}" integrity="{p.n(p.sha("sha384", 48))}"></script>\n'


def trace_ids(p):
    rows = "".join(f"2024-05-02T10:00:0{i}Z INFO trace_id={p.n(p.hex(32))} span_id={p.n(p.hex(16))} request_id={p.n(uuid4(p.rng))} GET /token 200\n" for i in range(3))
    return "logs/app.log", rows


def object_ids(p):
    rows = "".join(f'{{"_id": {{"$oid": "{p.n(p.hex(24))}"}}, "key": "{w}"}}\n' for w in p.rng.sample(WORDS, 3))
    return "dump/items.json", rows


def cache_keys(p):
    rows = "".join(f"cache_key = '{p.n(f'v2:{w}:{p.hex(16)}')}'\n" for w in p.rng.sample(WORDS, 3))
    return "app/cache.py", rows + f"PRIMARY_KEY = '{p.n('order_id')}'\nforeign_key = '{p.n('customer_uuid')}'\nsort_key = '{p.n('created_at#DESC')}'\n"


def key_names(p):
    pairs = [("keyCode", "Escape"), ("key", "ArrowDown"), ("hotkey", "Ctrl+Shift+P"), ("partition_key", "tenant_id"), ("public_key_path", "keys/public.pem"), ("keyboard", "qwertz"), ("tokenizer", "bert-base-uncased"), ("pad_token", "[PAD]"), ("eos_token", "<|endoftext|>"), ("bos_token", "<s>"), ("tokenizer_class", "LlamaTokenizerFast"), ("max_tokens", "4096"), ("token_type_ids", "input_ids"), ("mask_token", "<mask>"), ("secret_santa", "Rudolph"), ("author", "A. Nonymous"), ("passenger", "Mr Smith"), ("compass", "north-west"), ("bypass", "enabled"), ("passport_country", "Germany")]
    return p.rng.choice(["tokenizer_config.json", "keymap.json", "ui/keys.json"]), "{\n" + ",\n".join(f'  "{k}": "{p.n(v)}"' for k, v in p.rng.sample(pairs, 6)) + "\n}\n"


def ml_hashes(p):
    rows = "".join(f'  "model-{i:05d}-of-00003.safetensors": "{p.n(p.hex(64))}",\n' for i in (1, 2, 3))
    return "models/manifest.json", f"{{\n{rows}  \"revision\": \"{p.n(p.hex(40))}\"\n}}\n"


def lfs(p):
    return "weights/model.bin", f"version https://git-lfs.github.com/spec/v1\noid sha256:{p.n(p.hex(64))}\nsize 438012345\n"


def ansi_colours(p):
    rows = "".join(f"  --token-{w}: #{p.n(p.hex(8))};\n" for w in p.rng.sample(WORDS, 4))
    return "src/tokens.css", ":root {\n" + rows + "}\n"


def dns(p):
    return "zones/acme.zone", f'@ TXT "v=spf1 include:_spf.acme-widgets.io ~all"\n_dmarc TXT "v=DMARC1; p=none"\nmail._domainkey TXT "v=DKIM1; k=rsa; p={p.n(b64(random_bytes(p.rng, 162)))}"\n@ TXT "google-site-verification={p.n(pick(p.rng, "base64url", 43))}"\n'


FILES = [value for name, value in list(globals().items()) if callable(value) and getattr(value, "__code__", None) and value.__code__.co_varnames[:1] == ("p",) and value.__code__.co_argcount == 1]


def write(rng, make, marks):
    page = Page(rng, marks, make.__name__.replace("_", "-"))
    path, text = make(page)
    return path, text, "near-" + make.__name__.replace("_", "-")
