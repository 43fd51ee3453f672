"""Random secrets assigned to telling names, of no service in particular."""

from . import templates
from .items import Entry, Mark

KINDS = [
    ("SECRET_KEY APP_SECRET SESSION_SECRET COOKIE_SECRET JWT_SECRET TOKEN_SECRET", "{{hex:64}}"),
    ("SECRET_KEY JWT_SECRET_KEY ENCRYPTION_KEY AES_KEY HMAC_SECRET", "{{hex:32}}"),
    ("API_KEY APIKEY INTERNAL_API_KEY X_API_KEY SERVICE_API_KEY PARTNER_API_KEY", "{{hex:40}}"),
    ("API_KEY INTERNAL_API_KEY BACKEND_API_KEY GATEWAY_KEY", "{{alnum:32}}"),
    ("API_TOKEN AUTH_TOKEN ACCESS_TOKEN ADMIN_TOKEN BEARER_TOKEN SERVICE_TOKEN", "{{alnum:40}}"),
    ("ACCESS_TOKEN REFRESH_TOKEN DEPLOY_TOKEN WEBHOOK_TOKEN CRON_TOKEN", "{{base64url:43}}"),
    ("CLIENT_SECRET OAUTH_CLIENT_SECRET OIDC_CLIENT_SECRET CONSUMER_SECRET", "{{alnum:32}}"),
    ("CLIENT_SECRET SSO_CLIENT_SECRET", "{{uuid}}"),
    ("WEBHOOK_SECRET SIGNING_SECRET SIGNING_KEY PAYLOAD_SECRET", "{{base64url:32}}"),
    ("ENCRYPTION_KEY MASTER_KEY DATA_KEY FERNET_KEY NEXTAUTH_SECRET AUTH_SECRET", "{{base64:43}}="),
    ("APP_KEY", "base64:{{base64:43}}="),
    ("SECRET_KEY_BASE RAILS_MASTER_SECRET", "{{hex:128}}"),
    ("DJANGO_SECRET_KEY SECRET_KEY", '{{lower+digit+"!@^*(-_=+)":50}}'),
    ("JWT_SECRET SESSION_KEY AUTH_KEY", '{{alnum+"!@#%^&*_-":24}}'),
    ("ADMIN_API_TOKEN PRIVATE_TOKEN BOT_SECRET SYNC_SECRET", "{{lower+digit:26}}"),
    ("SECRET TOKEN APP_TOKEN", "{{alnum:24}}"),
    ("PASSWORD DB_PASSWORD SERVICE_PASSWORD ROOT_PASSWORD", "{{alnum:16}}"),
    ("PASSWORD ADMIN_PASSWORD REPLICATION_PASSWORD", '{{alnum+"!@#%^*_-+=":20}}'),
    ("PASSWORD_SALT HASH_SALT AUTH_SALT", "{{alnum:22}}"),
    ("RAILS_MASTER_KEY CREDENTIALS_KEY", "{{hex:32}}"),
    ("ORDERS_API_TOKEN BILLING_SERVICE_KEY WAREHOUSE_SECRET LEGACY_CRM_TOKEN ACME_LICENSE_KEY", "{{alnum:36}}"),
    ("SHARED_SECRET PSK RADIUS_SECRET TURN_SECRET", "{{alnum:20}}"),
    ("ERLANG_COOKIE RABBITMQ_ERLANG_COOKIE", "{{upper:20}}"),
    ("SNMP_AUTH_KEY STORAGE_KEY BACKUP_KEY", "{{base64:32}}"),
    ("ID_TOKEN SESSION_TOKEN X_AUTH_TOKEN", "{{hex:48}}"),
]


def entry_for(rng):
    names, shape = rng.choice(KINDS)
    value = templates.expand(shape, rng)
    return Entry(rng.choice(names.split()), value, Mark("planted", "generic", value, source="docs"))


def special(rng, marks):
    entry = entry_for(rng)
    v = lambda escape="raw": entry.text(marks, escape)
    forms = [
        lambda: ("scripts/call.sh", f"#!/bin/sh\ncurl -H 'Authorization: Bearer {v()}' https://orders.acme-widgets.io/v1/list\n"),
        lambda: ("scripts/hook.sh", f"#!/bin/sh\ncurl -X POST -H \"X-Api-Key: {v('dq')}\" http://10.0.3.2:8080/rebuild\n"),
        lambda: ("app.py", f"from flask import Flask\n\napp = Flask(__name__)\napp.secret_key = '{v('sq')}'\n"),
        lambda: ("server.js", f"app.use(session({{ secret: '{v('sq')}', resave: false }}));\n"),
        lambda: ("auth.js", f"const token = jwt.sign({{ id: user.id }}, '{v('sq')}', {{ expiresIn: '7d' }});\n"),
        lambda: ("Auth.java", f'class Auth {{\n  String t = Jwts.builder().signWith(SignatureAlgorithm.HS256, "{v("dq")}").compact();\n}}\n'),
        lambda: ("auth.py", f'import jwt\n\npayload = jwt.decode(token, "{v("dq")}", algorithms=["HS256"])\n'),
        lambda: ("auth.go", f'package auth\n\nvar jwtKey = []byte("{v("dq")}")\n'),
        lambda: ("crypto.rb", f"cipher.key = '{v('sq')}'\n"),
        lambda: ("link.md", f"Webhook: https://ci.acme-widgets.io/generic-webhook-trigger/invoke?token={v('url')}\n"),
        lambda: ("calls.py", f'URL = "https://orders.acme-widgets.io/api?access_token={v("url")}"\n'),
        lambda: ("requests.http", f"GET /v1/orders HTTP/1.1\nHost: orders.acme-widgets.io\nX-Auth-Token: {v()}\n"),
        lambda: ("logs/gw.log", f"2024-01-02 DEBUG headers={{Authorization: Bearer {v()}}} status=200\n"),
        lambda: ("realm.json", f'{{"clients": [{{"clientId": "web", "secret": "{v("json")}", "enabled": true}}]}}\n'),
        lambda: ("startup.cs", f'options.ClientId = "web";\noptions.ClientSecret = "{v("dq")}";\n'),
    ]
    path, text = rng.choice(forms)()
    return path, text, "generic-place"
