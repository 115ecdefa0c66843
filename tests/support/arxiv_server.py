"""A loopback arXiv: the API, OAI-PMH and PDFs, with faults on demand, and a log of every request that arrived."""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from support.arxiv_library import Library, atom_feed, oai_error, oai_page

# What another try mends, by the kind of request it makes sense for.
ANY = ("500", "503", "503-seconds", "503-date", "429", "429-seconds", "close", "cut", "hang", "html", "bad-gzip", "hop")
API = (*ANY, "empty", "zero", "short", "shift", "malformed", "entities", "garbled-date")
OAI = (*ANY, "malformed", "entities", "no-records", "bad-token")
PDF = (*ANY, "other-paper", "other-name", "headless", "tailless", "loop")
# What no further request may follow.
FINAL = ("403", "401", "451", "429-day")

Plan = Callable[[str, str], str | None]  # (kind `api` `oai` `pdf`, target) -> fault


@dataclass
class Loopback:
    """A running server. `clock` tells the moment of arrival; `plan` the fault of each request."""

    library: Library
    clock: Callable[[], float] = time.time
    plan: Plan = lambda kind, target: None
    oai_size: int = 3
    hang: float = 0.4
    arrivals: list[float] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    faults: list[str | None] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    at_once: int = 0
    most_at_once: int = 0
    port: int = 0

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    def settings(self, **more: Any) -> dict[str, Any]:
        """Arguments of ArxivSettings that point here."""
        here = {"api_url": f"{self.url}/api/query", "oai_url": f"{self.url}/oai", "pdf_url": f"{self.url}/pdf"}
        return {**here, "allowed_hosts": (self.host,), "allow_http": True, "read_timeout": self.hang / 2, **more}

    def gaps(self) -> list[float]:
        return [b - a for a, b in zip(self.arrivals, self.arrivals[1:], strict=False)]


@contextmanager
def serve(loopback: Loopback) -> Iterator[Loopback]:
    """Serves until the block ends."""
    lock = threading.Lock()

    class Handler(_Handler):
        state = loopback
        guard = lock

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    loopback.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield loopback
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    state: Loopback
    guard: threading.Lock

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        kind = {"/api/query": "api", "/oai": "oai"}.get(parts.path, "pdf")
        with self.guard:
            self.state.arrivals.append(self.state.clock())
            self.state.targets.append(self.path)
            self.state.agents.add(self.headers.get("User-Agent", ""))
            fault = self.state.plan(kind, self.path)
            self.state.faults.append(fault)
            self.state.at_once += 1
            self.state.most_at_once = max(self.state.most_at_once, self.state.at_once)
        try:
            asked = {k: v[0] for k, v in parse_qs(parts.query, keep_blank_values=True).items()}
            status, headers, body = getattr(self, f"_{kind}")(parts.path, asked, fault)
            status, headers, body = self._spoil(fault, status, headers, body)
        finally:
            with self.guard:
                self.state.at_once -= 1
        if status:
            self._send(status, headers, body, cut=fault == "cut")

    def _send(self, status: int, headers: dict[str, str], body: bytes, *, cut: bool) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body[: len(body) // 2] if cut else body)
        except OSError:  # the client has had enough
            self.close_connection = True
        self.close_connection = self.close_connection or cut

    # ------------------------------------------------------------ good answers, and faults of one kind

    def _api(self, path: str, asked: dict[str, str], fault: str | None) -> tuple[int, dict[str, str], bytes]:
        library, ids = self.state.library, [i for i in asked.get("id_list", "").split(",") if i]
        if ids:
            found = [hit for i in ids if (hit := library.by_id(i)) is not None]
        else:
            found = [(p, p.version) for p in library.search(asked.get("search_query", ""))]
        start, size, total = int(asked.get("start", 0)), int(asked.get("max_results", 10)), len(found)
        entries = found[start : start + size]
        if fault == "other-paper":
            entries = [(p, p.version) for p in library.papers if (p, p.version) not in entries][:1]
        if fault == "empty":
            entries = []
        if fault == "zero":
            entries, total = [], 0
        if fault == "short":
            entries = entries[: len(entries) // 2]
        if fault == "shift":  # a paper came in before: the page begins one paper early
            entries = found[max(0, start - 1) : max(0, start - 1) + size]
        body = atom_feed(entries, total=total, start=start, size=size, query=urlsplit(self.path).query)
        if fault == "garbled-date":
            body = body.replace(b"<published>", b"<published>soon, ")
        return 200, {"Content-Type": "application/atom+xml; charset=utf-8"}, body

    def _oai(self, path: str, asked: dict[str, str], fault: str | None) -> tuple[int, dict[str, str], bytes]:
        kind = {"Content-Type": "text/xml;charset=utf-8"}
        if fault == "bad-token" and "resumptionToken" in asked:
            return 200, kind, oai_error("badResumptionToken", "The resumption token is no longer valid")
        if token := asked.get("resumptionToken"):
            name, since, until, offset = token.split("|")
        else:
            name, since, until, offset = asked["set"], asked["from"], asked["until"], "0"
        category = ".".join(name.split(":")[1:])
        found = [
            p
            for p in self.state.library.papers
            if category in p.categories and since <= f"{p.moments[-1]:%Y-%m-%d}" <= until
        ]
        if not found:
            return 200, kind, oai_error("noRecordsMatch", "nothing matches")
        start, size = int(offset), self.state.oai_size
        rest = f"{name}|{since}|{until}|{start + size}" if start + size < len(found) else ("" if start else None)
        page = [] if fault == "no-records" else found[start : start + size]
        return 200, kind, oai_page(page, token=rest)

    def _pdf(self, path: str, asked: dict[str, str], fault: str | None) -> tuple[int, dict[str, str], bytes]:
        hit = self.state.library.by_id(path.removeprefix("/pdf/"))
        kind = {"Content-Type": "application/pdf"}
        if hit is None:
            return 404, {"Content-Type": "text/html"}, b"<html>Not found</html>"
        paper, version = hit
        if paper.is_withdrawn and version == paper.version:
            return 404, {"Content-Type": "text/html"}, b"<html>This paper has been withdrawn by its author</html>"
        body = paper.body(version)
        if fault == "other-paper":
            return 302, {"Location": f"{self.state.url}/pdf/0000.00000v1"}, b""
        if fault == "other-name":
            return 200, kind | {"Content-Disposition": 'inline; filename="9912.99999v1.pdf"'}, body
        if fault == "headless":
            return 200, kind, b"x" * 2_000
        if fault == "tailless":
            return 200, kind, body[: len(body) // 2]
        if fault == "loop":
            return 302, {"Location": self.path}, b""
        return 200, kind | {"Content-Disposition": f'inline; filename="{paper.paper_id}v{version}.pdf"'}, body

    # ------------------------------------------------------------ faults of any request

    def _spoil(
        self, fault: str | None, status: int, headers: dict[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        if fault is None:
            return status, headers, body
        name, _, rest = fault.partition("-")
        if name in ("400", "401", "403", "404", "429", "451", "500", "503"):
            later = datetime.datetime.fromtimestamp(self.state.clock() + 20, datetime.UTC)
            after = {"seconds": "11", "date": f"{later:%a, %d %b %Y %H:%M:%S GMT}", "day": "86400"}.get(rest)
            return int(name), {"Retry-After": after} if after else {}, b"Rate exceeded."
        if fault == "close":
            self.close_connection = True
            return 0, {}, b""
        if fault == "hang":
            time.sleep(self.state.hang)
            self.close_connection = True
            return 0, {}, b""
        if fault == "html":
            return 200, {"Content-Type": "text/html"}, b"<!DOCTYPE html><html><body>Maintenance</body></html>"
        if fault == "bad-gzip":
            return 200, headers | {"Content-Encoding": "gzip"}, body[:100]
        if fault == "hop" and "hop=" not in self.path:
            joint = "&" if "?" in self.path else "?"
            return 302, {"Location": f"{self.path}{joint}hop=1"}, b""
        if fault == "malformed":
            return status, headers, body[: len(body) // 2]
        if fault == "entities":
            head = b'<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><feed>&b;</feed>'
            return status, headers, head
        return status, headers, body
