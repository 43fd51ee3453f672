"""Opens the sealed boxes in which GitHub takes secrets, after the papers alone: X25519 (RFC 7748), XSalsa20, Poly1305.

Slow and not safe against who measures time: for keys of fakes.
"""
import hashlib
import struct

PRIME = 2**255 - 19


def times(scalar, point):
    """X25519."""
    scalar = bytearray(scalar)
    scalar[0] &= 248
    scalar[31] = scalar[31] & 127 | 64
    k = int.from_bytes(scalar, "little")
    x1 = int.from_bytes(point, "little") & (1 << 255) - 1
    x2, z2, x3, z3, swapped = 1, 0, x1, 1, 0
    for bit in range(254, -1, -1):
        if swapped != (k >> bit & 1):
            x2, x3, z2, z3, swapped = x3, x2, z3, z2, k >> bit & 1
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        da, cb, aa, bb = d * a % PRIME, c * b % PRIME, a * a % PRIME, b * b % PRIME
        x3, z3 = (da + cb)**2 % PRIME, x1 * (da - cb)**2 % PRIME
        x2, z2 = aa * bb % PRIME, (aa - bb) * (aa + 121665 * (aa - bb)) % PRIME
    if swapped:
        x2, z2 = x3, z3
    return (x2 * pow(z2, PRIME - 2, PRIME) % PRIME).to_bytes(32, "little")


def mixed(key, block):
    """Twenty rounds of Salsa20 over a key and a block of 16 bytes: the state before and after."""
    k, n, c = struct.unpack("<8I", key), struct.unpack("<4I", block), struct.unpack("<4I", b"expand 32-byte k")
    before = [c[0], *k[:4], c[1], *n, c[2], *k[4:], c[3]]
    x = list(before)
    for _ in range(10):
        for lines in (((0, 4, 8, 12), (5, 9, 13, 1), (10, 14, 2, 6), (15, 3, 7, 11)),
                      ((0, 1, 2, 3), (5, 6, 7, 4), (10, 11, 8, 9), (15, 12, 13, 14))):
            for a, b, c, d in lines:
                for to, one, other, by in ((b, a, d, 7), (c, b, a, 9), (d, c, b, 13), (a, d, c, 18)):
                    total = x[one] + x[other] & 0xffffffff
                    x[to] ^= (total << by | total >> 32 - by) & 0xffffffff
    return before, x


def hashed(key, block):
    """HSalsa20."""
    x = mixed(key, block)[1]
    return struct.pack("<8I", *(x[i] for i in (0, 5, 10, 15, 6, 7, 8, 9)))


def stream(key, nonce, length):
    """XSalsa20."""
    key, out, count = hashed(key, nonce[:16]), b"", 0
    while len(out) < length:
        before, x = mixed(key, nonce[16:] + struct.pack("<Q", count))
        out += struct.pack("<16I", *(a + b & 0xffffffff for a, b in zip(before, x)))
        count += 1
    return out[:length]


def tag(key, text):
    """Poly1305."""
    r, s = int.from_bytes(key[:16], "little") & 0x0ffffffc0ffffffc0ffffffc0fffffff, int.from_bytes(key[16:], "little")
    total = 0
    for start in range(0, len(text), 16):
        total = (total + int.from_bytes(text[start:start + 16] + b"\1", "little")) * r % (2**130 - 5)
    return (total + s & (1 << 128) - 1).to_bytes(16, "little")


def opened(box, secret):
    """The text of a box; raises ValueError where it was not closed for this key."""
    sender, mac, text = box[:32], box[32:48], box[48:]
    nonce = hashlib.blake2b(sender + times(secret, (9).to_bytes(32, "little")), digest_size=24).digest()
    flow = stream(hashed(times(secret, sender), bytes(16)), nonce, 32 + len(text))
    if tag(flow[:32], text) != mac:
        raise ValueError("not a box for this key")
    return bytes(a ^ b for a, b in zip(text, flow[32:]))
