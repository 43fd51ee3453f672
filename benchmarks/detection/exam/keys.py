"""Private keys that parse, made at run time with the standard library, and the places they stand in."""

import base64
import hashlib
import json
import textwrap
import zlib

from . import templates
from .items import ESCAPES, Mark
from .templates import b64, b64url, pick, random_bytes

# --- numbers ---------------------------------------------------------------------------------------------------------


def is_prime(n, rng):
    for small in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        if n % small == 0:
            return n == small
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for _ in range(12):
        x = pow(rng.randrange(2, n - 1), odd, n)
        if x in (1, n - 1):
            continue
        for _ in range(twos - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def prime(bits, rng):
    while True:
        n = rng.getrandbits(bits) | 3 << (bits - 2) | 1
        if n % 65537 != 1 and is_prime(n, rng):
            return n


def rsa(rng, bits=2048):
    p, q = prime(bits // 2, rng), prime(bits // 2, rng)
    d = pow(65537, -1, (p - 1) * (q - 1))
    return {"n": p * q, "e": 65537, "d": d, "p": p, "q": q, "dp": d % (p - 1), "dq": d % (q - 1), "qi": pow(q, -1, p)}


P256 = (
    0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF,
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
)


def ec(rng):
    p, gx, gy, order = P256
    secret = rng.randrange(1, order)

    def add(a, b):
        if a is None or b is None:
            return a or b
        if a[0] == b[0]:
            if (a[1] + b[1]) % p == 0:
                return None
            slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, p) % p
        else:
            slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, p) % p
        x = (slope * slope - a[0] - b[0]) % p
        return x, (slope * (a[0] - x) - a[1]) % p

    point, doubled, left = None, (gx, gy), secret
    while left:
        if left & 1:
            point = add(point, doubled)
        doubled, left = add(doubled, doubled), left >> 1
    return secret, point


def ed25519_public(seed):
    q = 2**255 - 19
    d = -121665 * pow(121666, -1, q) % q
    h = hashlib.sha512(seed).digest()
    a = int.from_bytes(h[:32], "little") & (1 << 254) - 8 | 1 << 254
    by = 4 * pow(5, -1, q) % q
    xx = (by * by - 1) * pow(d * by * by + 1, -1, q)
    bx = pow(xx, (q + 3) // 8, q)
    if (bx * bx - xx) % q:
        bx = bx * pow(2, (q - 1) // 4, q) % q
    bx = q - bx if bx % 2 else bx

    def add(m, n):
        (x1, y1), (x2, y2) = m, n
        t = d * x1 * x2 * y1 * y2
        return (x1 * y2 + x2 * y1) * pow(1 + t, -1, q) % q, (y1 * y2 + x1 * x2) * pow(1 - t, -1, q) % q

    point, doubled = (0, 1), (bx, by)
    while a:
        if a & 1:
            point = add(point, doubled)
        doubled, a = add(doubled, doubled), a >> 1
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


# --- containers ------------------------------------------------------------------------------------------------------


def tlv(tag, body):
    size = len(body)
    if size < 128:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def integer(value):
    return tlv(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


OID_RSA = bytes.fromhex("06092a864886f70d010101") + b"\x05\x00"
OID_EC_P256 = bytes.fromhex("06072a8648ce3d0201" + "06082a8648ce3d030107")


def rsa_der(key):
    return tlv(0x30, b"".join(integer(v) for v in (0, key["n"], key["e"], key["d"], key["p"], key["q"], key["dp"], key["dq"], key["qi"])))


def pkcs8(algorithm, inner):
    return tlv(0x30, integer(0) + tlv(0x30, algorithm) + tlv(4, inner))


def ec_der(secret, point, named=True):
    public = b"\x04" + point[0].to_bytes(32, "big") + point[1].to_bytes(32, "big")
    curve = tlv(0xA0, OID_EC_P256[9:]) if named else b""
    return tlv(0x30, integer(1) + tlv(4, secret.to_bytes(32, "big")) + curve + tlv(0xA1, tlv(3, b"\0" + public)))


def pem(label, der, headers=""):
    body = "\n".join(textwrap.wrap(b64(der), 64))
    return f"{'-' * 5}BEGIN {label}{'-' * 5}\n{headers}{body}\n{'-' * 5}END {label}{'-' * 5}"


def ssh_string(data):
    data = data if isinstance(data, bytes) else data.encode()
    return len(data).to_bytes(4, "big") + data


def openssh(rng):
    seed = random_bytes(rng, 32)
    public = ed25519_public(seed)
    blob = ssh_string("ssh-ed25519") + ssh_string(public)
    check = random_bytes(rng, 4)
    private = check + check + blob + ssh_string(seed + public) + ssh_string("deploy@build01")
    private += bytes(range(1, -len(private) % 8 + 1))
    head = b"openssh-key-v1\0" + ssh_string("none") + ssh_string("none") + ssh_string("") + (1).to_bytes(4, "big")
    text = b64(head + ssh_string(blob) + ssh_string(private))
    body = "\n".join(textwrap.wrap(text, 70))
    return f"{'-' * 5}BEGIN OPENSSH PRIVATE KEY{'-' * 5}\n{body}\n{'-' * 5}END OPENSSH PRIVATE KEY{'-' * 5}"


def crc24(data):
    crc = 0xB704CE
    for byte in data:
        crc ^= byte << 16
        for _ in range(8):
            crc <<= 1
            if crc & 0x1000000:
                crc ^= 0x1864CFB
    return crc & 0xFFFFFF


def pgp(rng, key):
    """A version 4 secret-key packet with an unprotected RSA key, and a user id."""
    mpi = lambda v: v.bit_length().to_bytes(2, "big") + v.to_bytes((v.bit_length() + 7) // 8, "big")
    u = pow(key["p"], -1, key["q"])
    secret = mpi(key["d"]) + mpi(key["p"]) + mpi(key["q"]) + mpi(u)
    body = b"\x04" + (1650000000).to_bytes(4, "big") + b"\x01" + mpi(key["n"]) + mpi(key["e"])
    body += b"\x00" + secret + (sum(secret) & 0xFFFF).to_bytes(2, "big")
    packet = lambda tag, data: bytes([0xC0 | tag, 0xFF]) + len(data).to_bytes(4, "big") + data
    data = packet(5, body) + packet(13, b"Release Bot <release@acme-widgets.io>")
    text = "\n".join(textwrap.wrap(b64(data), 64))
    check = b64(crc24(data).to_bytes(3, "big"))
    return f"{'-' * 5}BEGIN PGP PRIVATE KEY BLOCK{'-' * 5}\n\n{text}\n={check}\n{'-' * 5}END PGP PRIVATE KEY BLOCK{'-' * 5}"


def putty(rng):
    seed = random_bytes(rng, 32)
    public = b64(ssh_string("ssh-ed25519") + ssh_string(ed25519_public(seed)))
    lines = "\n".join(textwrap.wrap(public, 64))
    private = b64(ssh_string(seed))
    name = "PuTTY-User-Key-" + "File-3"
    return f"{name}: ssh-ed25519\nEncryption: none\nComment: deploy\nPublic-Lines: {lines.count(chr(10)) + 1}\n{lines}\nPrivate-Lines: 1\n{private}\nPrivate-MAC: {pick(rng, 'hex', 64)}"


def make_pool(rng):
    """The costly keys, made once: each stands in several files."""
    return [rsa(rng) for _ in range(6)]


def private_key(rng, pool):
    """(kind, text) of a private key in one of its spellings."""
    key = rng.choice(pool)
    kind = rng.choice(["rsa", "rsa", "pkcs8", "pkcs8", "ec", "ec8", "openssh", "openssh", "openssh"])
    if kind == "rsa":
        return kind, pem("RSA PRIVATE KEY", rsa_der(rsa_variant(rng, key)))
    if kind == "pkcs8":
        return kind, pem("PRIVATE KEY", pkcs8(OID_RSA, rsa_der(rsa_variant(rng, key))))
    if kind == "ec":
        return kind, pem("EC PRIVATE KEY", ec_der(*ec(rng)))
    if kind == "ec8":
        return kind, pem("PRIVATE KEY", pkcs8(OID_EC_P256, ec_der(*ec(rng), named=False)))
    return kind, openssh(rng)


def rsa_variant(rng, key):
    """A key of its own of 1024 bits, which is quick to make, or one of the pool."""
    return key if rng.random() < 0.25 else rsa(rng, 1024)


def planted(value, provider="", aliases=(), group="keys", own=True):
    return Mark("planted", group, value, provider, list(aliases), own, "docs")


def indent(text, by):
    return text.replace("\n", "\n" + by)


def write_key(rng, pool, marks):
    """A file that holds a private key."""
    kind, text = private_key(rng, pool)
    if rng.random() < 0.06:
        kind, text = "pgp", pgp(rng, rng.choice(pool))
    m = lambda shown: marks.wrap(planted(text), shown)
    one = text.replace("\n", "\\n")
    forms = [
        lambda: (rng.choice(["certs/server.key", "deploy.pem", "keys/private.pem", "ssl/privkey.pem", "ca/ca-key.pem"]), m(text) + "\n"),
        lambda: (rng.choice([".ssh/id_rsa", "keys/id_ed25519", "ansible/files/deploy_key", "id_ecdsa"]), m(text) + "\n"),
        lambda: ("config/keys.py", f'PRIVATE_KEY = """{m(text)}"""\n'),
        lambda: ("src/keys.js", f"const privateKey = `{m(text)}`;\n\nmodule.exports = privateKey;\n"),
        lambda: ("src/sign.js", f'const key = "{m(one)}";\n'),
        lambda: (".env", f'APP_ENV=prod\nPRIVATE_KEY="{m(one)}"\n'),
        lambda: ("config.json", f'{{\n  "port": 443,\n  "privateKey": "{m(one)}"\n}}\n'),
        lambda: ("values.yaml", f"tls:\n  key: |\n    {m(indent(text, '    '))}\n  enabled: true\n"),
        lambda: ("ansible/vars.yml", f"ssh_private_key: |\n  {m(indent(text, '  '))}\n"),
        lambda: ("main.tf", f"locals {{\n  key = <<EOF\n{m(text)}\nEOF\n}}\n"),
        lambda: ("k8s/tls.yaml", f"apiVersion: v1\nkind: Secret\ntype: kubernetes.io/tls\nmetadata:\n  name: tls\ndata:\n  tls.key: {m(b64(text + chr(10)))}\n"),
        lambda: ("kubeconfig", f"apiVersion: v1\nkind: Config\nusers:\n  - name: admin\n    user:\n      client-key-data: {m(b64(text + chr(10)))}\n"),
        lambda: ("Key.java", 'class Key {\n  static final String PEM =\n      "' + m(text.replace("\n", '\\n"\n          + "')) + '";\n}\n'),
        lambda: ("key.go", f"package keys\n\nconst pemKey = `{m(text)}`\n"),
        lambda: ("lib/key.rb", f"KEY = <<~PEM\n  {m(indent(text, '  '))}\nPEM\n"),
        lambda: ("firmware/certs.h", 'static const char device_key[] =\n    "' + m(text.replace("\n", '\\n"\n    "')) + '\\n";\n'),
        lambda: ("dump.sql", f"INSERT INTO keys (name, pem) VALUES ('main', '{m(one)}');\n"),
        lambda: ("docs/setup.md", f"# Server key\n\n```\n{m(text)}\n```\n"),
        lambda: ("jenkins/credentials.xml", f"<com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey>\n  <username>git</username>\n  <privateKey>{m(text)}</privateKey>\n</com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey>\n"),
        lambda: ("ovpn/client.ovpn", f"client\ndev tun\nremote vpn.acme-widgets.io 1194\n<key>\n{m(text)}\n</key>\n"),
        lambda: ("notebook.ipynb", '{\n "cells": [{"cell_type": "code", "source": ["key = \'\'\'' + m(one) + '\'\'\'\\n"]}],\n "nbformat": 4\n}\n'),
    ]
    path, body = rng.choice(forms)()
    return path, body, "private-key"


def write_other(rng, pool, marks):
    """Keys that are no PEM block, tokens with claims, and files that are credentials as a whole."""
    hex64, wire = pick(rng, "hex", 64), b64(random_bytes(rng, 32))
    token = templates.jwt(rng, rng.choice(["https://login.acme-widgets.io/", "acme-auth", "https://acme.eu.auth0.com/"]))
    age = "AGE-SECRET-" + "KEY-1" + "".join(rng.choice("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L") for _ in range(58))
    m = lambda value, shown=None, **more: marks.wrap(planted(value, **more), shown or value)
    public = Mark("near", "public-key", "age1" + pick(rng, "lower+digit", 58), strict=True)
    bare = {"own": False}
    secret, point = ec(rng)
    jwk_d = b64url(secret.to_bytes(32, "big"))
    xy = [b64url(v.to_bytes(32, "big")) for v in point]
    forms = [
        lambda: ("wg0.conf", f"[Interface]\nAddress = 10.7.0.2/32\nPrivateKey = {m(wire, **bare)}\n\n[Peer]\nPublicKey = {b64(random_bytes(rng, 32))}\nAllowedIPs = 0.0.0.0/0\n"),
        lambda: ("keys.txt", f"# created: 2024-02-01T10:00:00Z\n{m(age)}\n"),
        lambda: (".sops/age.key", f"# public key: {marks.wrap(public, public.value)}\n{m(age)}\n"),
        lambda: (".env", f"RPC_URL=http://127.0.0.1:8545\nPRIVATE_KEY=0x{m(hex64, **bare)}\n"),
        lambda: ("hardhat.config.js", f"module.exports = {{\n  networks: {{\n    mainnet: {{ url: RPC, accounts: ['0x{m(hex64, **bare)}'] }},\n  }},\n}};\n"),
        lambda: ("scripts/deploy.py", f'from web3 import Web3\n\nprivate_key = "{m(hex64, **bare)}"\naccount = w3.eth.account.from_key(private_key)\n'),
        lambda: ("jwk.json", f'{{"kty": "EC", "crv": "P-256", "x": "{xy[0]}", "y": "{xy[1]}", "d": "{m(jwk_d, **bare)}", "use": "sig"}}\n'),
        lambda: ("keys/deploy.ppk", m(putty(rng)) + "\n"),
        lambda: ("release/secring.asc", m(pgp(rng, rng.choice(pool))) + "\n"),
        lambda: ("call.sh", f"#!/bin/sh\ncurl -H 'Authorization: Bearer {m(token)}' https://api.acme-widgets.io/orders\n"),
        lambda: ("requests.http", f"GET /orders HTTP/1.1\nHost: api.acme-widgets.io\nAuthorization: Bearer {m(token)}\n"),
        lambda: (".env", f"ADMIN_JWT={m(token)}\nPORT=3000\n"),
        lambda: ("src/token.ts", f"export const token = '{m(token)}';\n"),
        lambda: ("postman.json", f'{{"key": "token", "value": "{m(token)}", "enabled": true}}\n'),
        lambda: ("config/api.yml", f"api:\n  token: {m(token)}\n"),
        lambda: ("test.py", f'HEADERS = {{"Authorization": "Bearer {m(token)}"}}\n'),
        lambda: ("logs/req.log", f"2024-05-05 DEBUG Cookie: session={m(token)}; theme=dark\n"),
    ]
    path, body = rng.choice(forms)()
    return path, body, "key-other"


def write_service_account(rng, pool, marks):
    """A Google service account's JSON: the key inside is what is planted."""
    text = pem("PRIVATE KEY", pkcs8(OID_RSA, rsa_der(rng.choice(pool)))) + "\n"
    project = "acme-" + pick(rng, "lower", 5)
    mark = planted(text, "google-cloud", ["google", "gcp", "google-service-account", "gcp-service-account"], "cloud")
    body = json.dumps(
        {
            "type": "service_account",
            "project_id": project,
            "private_key_id": pick(rng, "hex", 40),
            "private_key": "KEY",
            "client_email": f"deploy@{project}.iam.gserviceaccount.com",
            "client_id": pick(rng, "digit", 21),
            "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": "https://oauth2.googleapis.com/token",
        },
        indent=2,
    )
    path = rng.choice(["service-account.json", "keys/gcp.json", "credentials.json", "firebase-adminsdk.json"])
    return path, body.replace("KEY", marks.wrap(mark, ESCAPES["json"](text))) + "\n", "service-account"


def write_login_file(rng, marks):
    """Credentials in the tools' own login files, with the host they belong to."""
    value = templates.fill("alnum:%d" % rng.choice([16, 20, 28]), rng)
    m = lambda shown=None, around=None: marks.wrap(Mark("planted", "keys", value, source="docs"), shown or value)
    auth = lambda user: m(b64(f"{user}:{value}"))
    crypt = "$6$" + pick(rng, "alnum", 16) + "$" + pick(rng, "alnum+\"./\"", 86)
    apr = "$apr1$" + pick(rng, "alnum", 8) + "$" + pick(rng, "alnum+\"./\"", 22)
    bcrypt = "$2y$10$" + pick(rng, "alnum+\"./\"", 53)
    hashed = lambda text: marks.wrap(Mark("planted", "keys", text, source="docs"), text)
    forms = [
        lambda: (".docker/config.json", f'{{\n  "auths": {{\n    "registry.acme-widgets.io": {{\n      "auth": "{auth("ci")}"\n    }}\n  }}\n}}\n'),
        lambda: ("k8s/pull.json", f'{{"auths":{{"registry.acme-widgets.io":{{"username":"ci","password":"{m()}","email":"ci@acme-widgets.io"}}}}}}\n'),
        lambda: (".npmrc", f"registry=https://packages.acme-widgets.io/npm/\n//packages.acme-widgets.io/npm/:_authToken={m()}\n"),
        lambda: (".npmrc", f"registry=https://packages.acme-widgets.io/npm/\n_auth={auth('ci')}\nalways-auth=true\n"),
        lambda: (".npmrc", f"//packages.acme-widgets.io/npm/:username=ci\n//packages.acme-widgets.io/npm/:_password={m(b64(value))}\n"),
        lambda: (".pypirc", f"[distutils]\nindex-servers = internal\n\n[internal]\nrepository = https://packages.acme-widgets.io/simple\nusername = ci\npassword = {m()}\n"),
        lambda: ("pip.conf", f"[global]\nindex-url = https://ci:{m()}@packages.acme-widgets.io/simple\n"),
        lambda: (".netrc", f"machine git.acme-widgets.io\n  login deploy\n  password {m()}\n"),
        lambda: ("NuGet.Config", f'<configuration>\n  <packageSourceCredentials>\n    <Internal>\n      <add key="Username" value="ci" />\n      <add key="ClearTextPassword" value="{m()}" />\n    </Internal>\n  </packageSourceCredentials>\n</configuration>\n'),
        lambda: ("auth.json", f'{{"http-basic": {{"packages.acme-widgets.io": {{"username": "ci", "password": "{m()}"}}}}}}\n'),
        lambda: (".cargo/credentials.toml", f'[registries.internal]\ntoken = "{m()}"\n'),
        lambda: (".bundle/config", f'---\nBUNDLE_PACKAGES__ACME_WIDGETS__IO: "ci:{m()}"\n'),
        lambda: ("kubeconfig.yml", f"apiVersion: v1\nkind: Config\nusers:\n- name: ci\n  user:\n    token: {m()}\n"),
        lambda: (".s3cfg", f"[default]\nhost_base = s3.acme-widgets.io\nsecret_key = {m()}\n"),
        lambda: ("sbt/credentials", f"realm=Artifacts\nhost=packages.acme-widgets.io\nuser=ci\npassword={m()}\n"),
        lambda: ("etc/shadow", f"root:{hashed(crypt)}:19000:0:99999:7:::\ndaemon:*:19000:0:99999:7:::\n"),
        lambda: (".htpasswd", f"admin:{hashed(rng.choice([apr, bcrypt]))}\n"),
        lambda: ("jenkins/credentials.xml", f"<com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl>\n  <id>deploy</id>\n  <username>ci</username>\n  <password>{m()}</password>\n</com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl>\n"),
        lambda: (".git/config".replace(".git/", "backup-git/"), f'[remote "origin"]\n\turl = https://ci:{m()}@git.acme-widgets.io/shop/api.git\n'),
        lambda: ("rclone.conf", f"[nas]\ntype = webdav\nurl = https://nas.acme-widgets.io\nuser = ci\nbearer_token = {m()}\n"),
        lambda: ("curl.sh", f"#!/bin/sh\ncurl --user ci:{m()} -T app.jar https://packages.acme-widgets.io/app.jar\n"),
        lambda: ("basic.http", f"GET / HTTP/1.1\nHost: files.acme-widgets.io\nAuthorization: Basic {auth('ci')}\n"),
        lambda: ("hosts.toml", f'[host."https://registry.acme-widgets.io"]\n  [host."https://registry.acme-widgets.io".header]\n    authorization = "Basic {auth("ci")}"\n'),
    ]
    path, body = rng.choice(forms)()
    return path, body, "login-file"
