"""Small PDFs that ask for much: of memory, of time, of pages."""

from __future__ import annotations

import zlib


def _pdf(objects: dict[int, bytes]) -> bytes:
    """A document from its numbered objects, 1 being the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places.get(number, 0)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(out)


_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F 5 0 R >> %b >>"
_PAGE += b" /Contents 4 0 R >>"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_TEXT = b"BT /F 10 Tf 72 700 Td (A page of words) Tj ET\n"


def _one_page(contents: bytes, *, xobjects: bytes = b"", more: dict[int, bytes] | None = None) -> bytes:
    return _pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: _PAGE % xobjects,
            4: contents,
            5: _FONT,
            **(more or {}),
        }
    )


def _stream(body: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(body), extra, body)


def deflated_spaces(n_bytes: int) -> bytes:
    """A stream of blanks that is a thousand times larger than its file, deflated."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(_TEXT)]
    block = b" " * 2**20
    parts += [packer.compress(block) for _ in range(n_bytes // 2**20)]
    return _one_page(_stream(b"".join(parts) + packer.flush(), b"/Filter /FlateDecode"))


def deflated_words(n_words: int) -> bytes:
    """A page of millions of words at one place."""
    body = b"BT /F 1 Tf 72 700 Td " + b"(ab c) Tj 1 0 Td " * n_words + b"ET"
    return _one_page(_stream(zlib.compress(body, 9), b"/Filter /FlateDecode"))


def many_paths(n_paths: int) -> bytes:
    """A page of strokes."""
    body = _TEXT + b"1 1 m 9 9 l S\n" * n_paths
    return _one_page(_stream(zlib.compress(body, 9), b"/Filter /FlateDecode"))


def nested_forms(depth: int, times: int) -> bytes:
    """Forms that draw forms: `times ** depth` drawings from a few objects."""
    more: dict[int, bytes] = {}
    for level in range(depth):
        inner = 10 + level + 1
        body = b"/X Do " * times if level + 1 < depth else b"0 0 m 1 1 l S"
        use = b"/Resources << /XObject << /X %d 0 R >> >>" % inner if level + 1 < depth else b""
        more[10 + level] = _stream(body, b"/Type /XObject /Subtype /Form /BBox [0 0 600 700] " + use)
    return _one_page(_stream(_TEXT + b"/X Do"), xobjects=b"/XObject << /X 10 0 R >>", more=more)


def looped_pages() -> bytes:
    """A page tree that is its own child."""
    return _pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 400 >>"})


def many_pages(count: int) -> bytes:
    """One page told again and again."""
    kids = b"3 0 R " * count
    return _pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, count),
            3: _PAGE % b"",
            4: _stream(_TEXT),
            5: _FONT,
        }
    )


def deep_array(depth: int) -> bytes:
    """Brackets within brackets."""
    return _one_page(_stream(_TEXT), more={6: b"[" * depth + b"]" * depth})


def huge_page() -> bytes:
    """A page as wide as numbers go."""
    return _one_page(_stream(_TEXT)).replace(b"[0 0 612 792]", b"[0 0 1e38 1e38]")


def one_line(operators: str) -> bytes:
    """A page with text operators of one's own, in Helvetica of 10 points."""
    return _one_page(_stream(f"BT /F 10 Tf {operators} ET".encode()))
