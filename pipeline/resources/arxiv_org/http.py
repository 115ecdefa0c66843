"""The one HTTP client for arXiv: polite, patient, and bound to the allowed hosts.

Every request, a redirect's and a retry's too, takes its own turn at the gate. What is worth another try is tried again
after an exponential back-off with jitter; a refusal is final: no request follows it in this run.
"""

from __future__ import annotations

import datetime
import logging
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self, TypeVar

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type

from pipeline.errors import SourceUnreachableError
from pipeline.resources.arxiv_org.faults import (
    BadQueryError,
    ForbiddenTargetError,
    MissingError,
    RequestError,
    TooLargeError,
    TransientError,
)
from pipeline.resources.arxiv_org.gate import Gate
from pipeline.resources.arxiv_org.settings import ArxivSettings
from pipeline.resources.clock import Clock

T = TypeVar("T")
_log = logging.getLogger(__name__)
_MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_REFUSALS = frozenset({401, 403, 407, 451})
_MISSING = frozenset({404, 410})
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer with status 200; header names in lower case."""

    url: str
    headers: Mapping[str, str]
    body: bytes


class PoliteClient:
    """`get` is the only way out. A context manager; closing ends its one connection."""

    def __init__(self, settings: ArxivSettings, gate: Gate, clock: Clock) -> None:
        self._settings = settings
        self._gate = gate
        self._clock = clock
        self._random = random.Random(settings.seed)
        self._refusal: str | None = None
        self._http = httpx.Client(
            headers={"User-Agent": settings.user_agent},
            timeout=httpx.Timeout(settings.read_timeout, connect=settings.connect_timeout),
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=30.0),
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection."""
        self._http.close()

    def get(
        self, url: str, *, limit: int, check: Callable[[Answer], T], check_hop: Callable[[str], None] | None = None
    ) -> T:
        """What `check` makes of the answer; its TransientError counts as a failed try.

        `limit` bounds the body in bytes after decoding; `check_hop` sees each address redirected to. Raises the last
        TransientError when no try succeeded, another RequestError at once, SourceUnreachableError after a refusal or
        where the server asks for a long rest.
        """
        retrying = Retrying(
            retry=retry_if_exception_type(TransientError),
            stop=self._is_last,
            wait=self._pause,
            sleep=self._clock.sleep,
            before_sleep=lambda state: _log.info("%s; try %d follows", _fault(state), state.attempt_number + 1),
            reraise=True,
        )
        try:
            return retrying(lambda: check(self._follow(url, limit, check_hop)))
        except TransientError as fault:
            if fault.is_throttle:
                self._refuse(f"arXiv keeps asking for fewer requests ({fault}); wait an hour and run again")
            raise

    def _follow(self, url: str, limit: int, check_hop: Callable[[str], None] | None) -> Answer:
        for _ in range(_MAX_REDIRECTS + 1):
            self._allow(url)
            if self._refusal is not None:
                raise SourceUnreachableError(self._refusal)
            with self._gate.turn():
                answer = self._once(url, limit)
            if isinstance(answer, Answer):
                return answer
            url = answer
            if check_hop is not None:
                check_hop(url)
        raise TransientError(f"more than {_MAX_REDIRECTS} redirects from {_short(url)}")

    def _allow(self, url: str) -> None:
        try:
            target = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise ForbiddenTargetError(f"not an address: {_short(url)}") from error
        host = f"{target.host}:{target.port}" if target.port is not None else target.host
        schemes = ("https", "http") if self._settings.allow_http else ("https",)
        if target.scheme not in schemes or host not in self._settings.allowed_hosts or target.userinfo:
            raise ForbiddenTargetError(f"not an allowed address: {_short(url)}")

    def _once(self, url: str, limit: int) -> Answer | str:
        """One request: an answer, or the address it redirects to."""
        deadline = time.monotonic() + self._settings.total_timeout
        try:
            with self._http.stream("GET", url) as response:
                status = response.status_code
                if status in _REDIRECTS:
                    return str(response.url.join(response.headers.get("location", "")))
                body = bytearray()
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > limit:
                        raise TooLargeError(f"more than {limit:,} bytes from {_short(url)}")
                    if time.monotonic() > deadline:
                        raise TransientError(f"no end after {self._settings.total_timeout:.0f} s from {_short(url)}")
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise TransientError(f"no connection to {_host(url)}: {error}", connected=False) from error
        except (httpx.RequestError, httpx.InvalidURL) as error:
            raise TransientError(f"{type(error).__name__} from {_short(url)}: {error}") from error
        if status != 200:
            self._complain(url, status, response.headers, bytes(body[:4_000]))
        return Answer(str(response.url), {k.lower(): v for k, v in response.headers.items()}, bytes(body))

    def _complain(self, url: str, status: int, headers: httpx.Headers, body: bytes) -> None:
        said = f"status {status} from {_short(url)}"
        if status in _REFUSALS:
            self._refuse(f"arXiv refuses requests ({said}); see its terms of use, and set CATCHUP_ARXIV_CONTACT")
        if status in _MISSING:
            raise MissingError(said, body.decode("utf-8", "replace"))
        if status not in _TRANSIENT:
            raise BadQueryError(said)
        rest = retry_after(headers.get("retry-after"), self._clock.now())
        if rest is None and status == 429:
            rest = 4 * self._settings.backoff
        if rest is not None:
            self._gate.hold_until(self._clock.now() + rest)
            if rest > self._settings.retry_after_cap:
                self._refuse(f"arXiv asks to be left alone for {rest / 60:.0f} minutes ({said}); run again then")
        raise TransientError(said, retry_after=rest, is_throttle=status == 429)

    def _refuse(self, why: str) -> None:
        self._refusal = why
        raise SourceUnreachableError(why)

    def _is_last(self, state: RetryCallState) -> bool:
        fault = _fault(state)
        return state.attempt_number >= (self._settings.tries if fault.connected else self._settings.connect_tries)

    def _pause(self, state: RetryCallState) -> float:
        """Seconds before the next try: doubled up to the cap, half of it jitter; never less than was asked."""
        step = min(self._settings.backoff_cap, self._settings.backoff * 2.0 ** (state.attempt_number - 1))
        return max(step * self._random.uniform(0.5, 1.0), _fault(state).retry_after or 0.0)


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds that a Retry-After header asks for, a number or a date (RFC 9110, 10.2.3); None if it says none."""
    if value is None:
        return None
    if value.strip().isascii() and value.strip().isdigit():
        return min(float(value), 1e9)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return max(0.0, moment.timestamp() - now)


def _fault(state: RetryCallState) -> TransientError:
    error = state.outcome.exception() if state.outcome is not None else None
    return error if isinstance(error, TransientError) else TransientError("no outcome")


def _host(url: str) -> str:
    return httpx.URL(url).host


def _short(url: str) -> str:
    return url if len(url) <= 120 else url[:119] + "…"


__all__ = ["Answer", "PoliteClient", "RequestError", "retry_after"]
