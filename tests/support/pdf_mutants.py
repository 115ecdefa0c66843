"""PDFs spoiled by chance, from a seed: bytes flipped, parts cut, doubled or exchanged, numbers made absurd."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import pymupdf

_OBJECT = re.compile(rb"\d+ \d+ obj\b.*?endobj", re.S)
_NUMBER = re.compile(rb"(?<=[\s\[/])-?\d+(?:\.\d+)?(?=[\s\]/>])")
_ABSURD = (
    b"0",
    b"-1",
    b"2147483647",
    b"-2147483648",
    b"99999999999999999999",
    b"1e308",
    b"65536",
    b"0.0000001",
    b"nan",
)


def mutant(seed: int, sources: Sequence[bytes]) -> tuple[str, bytes]:
    """What was done, and a PDF that it was done to; the same for the same seed and sources."""
    rng = random.Random(seed)
    body = rng.choice(sources)
    if rng.random() < 0.5:
        body = expanded(body)  # so that it is text, fonts and page trees that are hit, not compressed streams
    done = []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        change = rng.choice((_flip, _cut, _drop, _double, _exchange, _splice, _numbers, _names))
        body = change(rng, body, sources)
        done.append(change.__name__.strip("_"))
    return "+".join(done), body


def expanded(body: bytes) -> bytes:
    """The same document with its streams uncompressed."""
    with pymupdf.open(stream=body, filetype="pdf") as document:
        out: bytes = document.tobytes(expand=255, deflate=False)
    return out


def _span(rng: random.Random, body: bytes, longest: int) -> tuple[int, int]:
    start = rng.randrange(max(1, len(body)))
    return start, min(len(body), start + rng.randint(1, longest))


def _flip(rng: random.Random, body: bytes, sources: Sequence[bytes]) -> bytes:
    out = bytearray(body)
    for _ in range(rng.choice((1, 5, 50, 500))):
        if out:
            out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def _cut(rng: random.Random, body: bytes, sources: Sequence[bytes]) -> bytes:
    return body[: rng.randrange(max(1, len(body)))]


def _drop(rng: random.Random, body: bytes, sources: Sequence[bytes]) -> bytes:
    start, end = _span(rng, body, 20_000)
    return body[:start] + body[end:]


def _double(rng: random.Random, body: bytes, sources: Sequence[bytes]) -> bytes:
    start, end = _span(rng, body, 20_000)
    return body[:end] + body[start:end] * rng.choice((1, 2, 50)) + body[end:]


def _exchange(rng: random.Random, body: bytes, sources: Sequence[bytes]) -> bytes:
    """Two objects change places, so that references lead to things of another kind, or round in circles."""
    found = [m.span() for m in _OBJECT.finditer(body)]
    if len(found) < 2:
        return _drop(rng, body, sources)
    (a, b), (c, d) = sorted(rng.sample(found, 2))
    return body[:a] + body[c:d] + body[b:c] + body[a:b] + body[d:]


def _splice(rng: random.Random, body: bytes, sources: Sequence[bytes]) -> bytes:
    """Objects of another file in the place of some of this one, under their numbers."""
    other = [m[0] for m in _OBJECT.finditer(rng.choice(sources))]
    mine = list(_OBJECT.finditer(body))
    if not other or not mine:
        return _flip(rng, body, sources)
    spoiled = {m.start(): m for m in rng.sample(mine, min(len(mine), rng.randint(1, 8)))}
    out, last = [], 0
    for start in sorted(spoiled):
        match = spoiled[start]
        head = match[0].partition(b"obj")[0] + b"obj"
        out += [body[last:start], head, rng.choice(other).partition(b"obj")[2]]
        last = match.end()
    return b"".join([*out, body[last:]])


def _numbers(rng: random.Random, body: bytes, sources: Sequence[bytes]) -> bytes:
    share = rng.choice((0.0005, 0.005, 0.05))
    return _NUMBER.sub(lambda m: rng.choice(_ABSURD) if rng.random() < share else m[0], body)


def _names(rng: random.Random, body: bytes, sources: Sequence[bytes]) -> bytes:
    """Keys of dictionaries change into one another."""
    names = (b"/Kids", b"/Parent", b"/Contents", b"/Resources", b"/Length", b"/Filter", b"/Type", b"/Font", b"/Count")
    old, new = rng.sample(names, 2)
    return body.replace(old, new, rng.randint(1, 3))
