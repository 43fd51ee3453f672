"""Expands the templates of services/*.txt into values; nothing token-shaped is stored in the tree."""

import base64
import json
import re
import string
import uuid
import zlib

CLASSES = {
    "hex": "0123456789abcdef",
    "HEX": "0123456789ABCDEF",
    "digit": string.digits,
    "lower": string.ascii_lowercase,
    "upper": string.ascii_uppercase,
    "alpha": string.ascii_letters,
    "alnum": string.ascii_letters + string.digits,
    "base32": string.ascii_uppercase + "234567",
    "base64": string.ascii_letters + string.digits + "+/",
    "base64url": string.ascii_letters + string.digits + "-_",
}
HOLE = re.compile(r"\{\{(.*?)\}\}")
BASE36 = string.digits + string.ascii_lowercase
BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
# Azure's own base 62 puts upper case before lower case as well; only the leading-zero rule differs.


def expand(template, rng):
    """The template with every hole filled from `rng`."""
    return HOLE.sub(lambda hole: fill(hole.group(1), rng), template)


def fill(hole, rng):
    if hole.startswith('"') and hole.endswith('"') and hole.count('"') == 2:
        return hole[1:-1]
    if hole == "uuid":
        return uuid4(rng)
    if hole.startswith("make:"):
        name, _, argument = hole[5:].partition(":")
        return MAKERS[name](rng, argument)
    alphabet, _, length = hole.rpartition(":")
    low, _, high = length.partition("-")
    count = rng.randint(int(low), int(high or low))
    letters = letters_of(alphabet)
    text = "".join(rng.choice(letters) for _ in range(count))
    # A key's last character is not a separator: what ends a token must be unambiguous in every file.
    if count > 8 and not text[-1].isalnum():
        text = text[:-1] + rng.choice([c for c in letters if c.isalnum()])
    if count > 8 and not text[0].isalnum():
        text = rng.choice([c for c in letters if c.isalnum()]) + text[1:]
    return text


def letters_of(alphabet):
    letters = ""
    for part in re.findall(r'"[^"]*"|[^+"]+', alphabet):
        letters += part[1:-1] if part.startswith('"') else CLASSES[part]
    return letters


def pick(rng, alphabet, count):
    letters = letters_of(alphabet)
    return "".join(rng.choice(letters) for _ in range(count))


def random_bytes(rng, count):
    return bytes(rng.randrange(256) for _ in range(count))


def uuid4(rng):
    return str(uuid.UUID(bytes=random_bytes(rng, 16), version=4))


def b64(data):
    return base64.b64encode(data if isinstance(data, bytes) else data.encode()).decode()


def b64url(data):
    data = data if isinstance(data, bytes) else data.encode()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def number(value, digits, width):
    text = ""
    while value:
        value, rest = divmod(value, len(digits))
        text = digits[rest] + text
    return text.rjust(width, digits[0])


# --- checksummed and structured tokens -------------------------------------------------------------------------------


def crc_base62(rng, prefix):
    """GitHub's classic family and npm: 30 characters and 6 of their CRC-32 in base 62."""
    body = pick(rng, "alnum", 30)
    return f"{prefix}_{body}{number(zlib.crc32(body.encode()), BASE62, 6)}"


def crc_hex(rng, prefix):
    body = pick(rng, "alnum", 40)
    return f"{prefix}{body}{zlib.crc32(body.encode()):08x}"


def gitlab_routable(rng, _):
    payload = f"o:1\np:{number(rng.randrange(10**7), BASE36, 1)}\nu:{number(rng.randrange(10**7), BASE36, 1)}".encode()
    body = b64url(random_bytes(rng, 16) + payload + bytes([len(payload)]))
    head = f"{'glpat-'}{body}.01.{number(len(body), BASE36, 2)}"
    return head + number(zlib.crc32(head.encode()), BASE36, 7)


def marvin32(data, seed):
    """Marvin32 as published with Microsoft's identifiable keys; returns the two halves of the state."""
    mask = 0xFFFFFFFF
    p0, p1 = seed & mask, seed >> 32

    def rotate(value, by):
        return ((value << by) | (value >> (32 - by))) & mask

    def mix(p0, p1):
        p1 ^= p0
        p0 = rotate(p0, 20)
        p0 = (p0 + p1) & mask
        p1 = rotate(p1, 9)
        p1 ^= p0
        p0 = rotate(p0, 27)
        p0 = (p0 + p1) & mask
        p1 = rotate(p1, 19)
        return p0, p1

    whole = len(data) // 4 * 4
    for at in range(0, whole, 4):
        p0 = (p0 + int.from_bytes(data[at : at + 4], "little")) & mask
        p0, p1 = mix(p0, p1)
    p0 = (p0 + int.from_bytes(data[whole:] + b"\x80", "little")) & mask
    p0, p1 = mix(p0, p1)
    p0, p1 = mix(p0, p1)
    return p0, p1


DEFAULT_SEED = int.from_bytes(b"Default0", "big")


def azure_checksum(data):
    p0, p1 = marvin32(data, DEFAULT_SEED)
    return (p0 ^ p1).to_bytes(4, "little")


def azure_cask(rng, codes):
    """The 84-character annotated key: 8 characters of codes, 4 of checksum."""
    head = pick(rng, "alnum", 52) + "JQQJ99" + rng.choice("BC") + rng.choice("ABCDEFGHIJKL")
    head += pick(rng, "alnum", 12) + codes
    check = azure_checksum(base64.b64decode(head))
    return head + azure_base62(check).ljust(6, "0")[:4]


def azure_base62(data):
    digits = string.digits + string.ascii_uppercase + string.ascii_lowercase
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "0" * zeros + number(int.from_bytes(data, "big"), digits, 0)


def azure_storage(rng, _):
    head = pick(rng, "base64", 76) + "+ASt"
    body = base64.b64decode(head)
    return b64(body + azure_checksum(body))


def azdo_old(rng, _):
    """The classic DevOps token: 52 characters of base 32 with a CRC-32 spread over four bytes."""
    data = bytearray(random_bytes(rng, 32))
    covered = [0, 1, *range(3, 7), *range(9, 22), *range(23, 32)]
    crc = zlib.crc32(bytes(data[i] for i in covered)) ^ 0xE0B9692D
    for at, byte in zip((22, 8, 7, 2), crc.to_bytes(4, "little")):
        data[at] = byte
    return base64.b32encode(bytes(data)).decode().rstrip("=").lower()


def aws_id(rng, prefix):
    """A key id whose account number, decoded from it, is possible (below 10^12)."""
    account = rng.randrange(10**11, 10**12)
    head = (1 << 47 | account << 7 | rng.randrange(1 << 7)).to_bytes(6, "big")
    return prefix + base64.b32encode(head + random_bytes(rng, 4)).decode()


def aws_secret(rng, _):
    while True:
        text = b64(random_bytes(rng, 30))
        if text[0].isalnum() and text[-1].isalnum():
            return text


def bedrock(rng, _):
    text = f"BedrockAPIKey-{pick(rng, 'lower+digit', 4)}-at-{pick(rng, 'digit', 12)}:{b64(random_bytes(rng, 33))}"
    return b64(text)


def pypi(rng, _):
    """A version 2 macaroon for the production index: location, identifier, signature."""
    location = base64.urlsafe_b64decode("AgEIcHlwaS5vcmc=")  # holds the location packet already
    identifier = json.dumps(uuid4(rng)).encode()
    caveat = json.dumps({"version": 1, "permissions": "user"}).encode()
    body = location + b"\x02" + bytes([len(identifier)]) + identifier + b"\x00"
    body += b"\x02" + bytes([len(caveat)]) + caveat + b"\x00\x00\x06\x20" + random_bytes(rng, 32)
    return "pypi-" + b64url(body)


def jwt(rng, issuer):
    issued = rng.randrange(1700000000, 1760000000)
    header = {"alg": "HS256", "typ": "JWT"}
    claims = {"iss": issuer or "acme-auth", "iat": issued, "exp": issued + 10 * 365 * 86400}
    signature = 32
    if issuer == "supabase":
        claims = {"iss": "supabase", "ref": pick(rng, "lower", 20), "role": "service_role", **claims}
    elif issuer == "kubernetes":
        header = {"alg": "RS256", "kid": pick(rng, "base64url", 43)}
        claims = {
            "iss": "kubernetes/serviceaccount",
            "kubernetes.io/serviceaccount/namespace": "default",
            "kubernetes.io/serviceaccount/secret.name": "deployer-token-" + pick(rng, "lower", 5),
            "kubernetes.io/serviceaccount/service-account.name": "deployer",
            "kubernetes.io/serviceaccount/service-account.uid": uuid4(rng),
            "sub": "system:serviceaccount:default:deployer",
        }
        signature = 256
    elif issuer == "minimax":
        header = {"alg": "RS256", "typ": "JWT"}
        claims = {"GroupName": "acme", "UserName": "acme", "GroupID": pick(rng, "digit", 19), "iss": "minimax"}
        signature = 256
    else:
        claims.update({"sub": uuid4(rng), "jti": pick(rng, "hex", 32)})
    parts = [b64url(json.dumps(part, separators=(",", ":"))) for part in (header, claims)]
    return ".".join([*parts, b64url(random_bytes(rng, signature))])


def discord(rng, _):
    client = str(rng.randrange(10**17, 10**18))
    return f"{b64url(client)}.{pick(rng, 'alnum', 6)}.{fill('base64url:38', rng)}"


def sentry_org(rng, _):
    claims = {
        "iat": rng.randrange(1700000000, 1760000000) + 0.25,
        "url": "https://sentry.io",
        "region_url": "https://us.sentry.io",
        "org": "acme-widgets",
    }
    return b64(json.dumps(claims))


def grafana(rng, _):
    body = pick(rng, "alnum", 32)
    return f"glsa_{body}_{zlib.crc32(body.encode()).to_bytes(4, 'little').hex()}"


def grafana_cloud(rng, _):
    claims = {"o": pick(rng, "digit", 6), "n": "stack-prod-write", "k": pick(rng, "alnum", 24), "m": {"r": "us"}}
    return b64(json.dumps(claims, separators=(",", ":")))


def grafana_old(rng, _):
    return b64(json.dumps({"k": pick(rng, "alnum", 32), "n": "ci", "id": 1}, separators=(",", ":")))


def neptune(rng, _):
    claims = {"api_address": "https://app.neptune.ai", "api_url": "https://app.neptune.ai", "api_key": uuid4(rng)}
    return b64(json.dumps(claims, separators=(",", ":")))


def one_password(rng, _):
    claims = {
        "signInAddress": "my.1password.com",
        "userAuth": {"method": "SRPg-4096", "alg": "PBES2g-HS256", "iterations": 650000, "salt": pick(rng, "base64url", 22)},
        "email": pick(rng, "lower+digit", 13) + "@1passwordserviceaccounts.com",
        "srpX": pick(rng, "hex", 64),
        "muk": {"alg": "A256GCM", "ext": True, "k": pick(rng, "base64url", 43), "kty": "oct"},
        "secretKey": "A3-" + "-".join(pick(rng, "upper+digit", 6) for _ in range(5)),
        "deviceUuid": pick(rng, "lower+digit", 26),
    }
    return "ops_" + b64url(json.dumps(claims, separators=(",", ":")))


MAKERS = {
    "crc": crc_base62,
    "crc32hex": crc_hex,
    "gitlab_routable": gitlab_routable,
    "azure_cask": azure_cask,
    "azure_storage": azure_storage,
    "azdo_new": lambda rng, _: azure_cask(rng, "AAAAAZDO"),
    "azdo_old": azdo_old,
    "aws_id": aws_id,
    "aws_secret": aws_secret,
    "bedrock": bedrock,
    "pypi": pypi,
    "jwt": jwt,
    "discord": discord,
    "sentry_org": sentry_org,
    "grafana": grafana,
    "grafana_cloud": grafana_cloud,
    "grafana_old": grafana_old,
    "neptune": neptune,
    "ops": one_password,
}
