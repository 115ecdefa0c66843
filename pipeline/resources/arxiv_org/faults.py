"""What can go wrong with one request or one paper. Errors that end a run are in `pipeline.errors`."""

from __future__ import annotations


class RequestError(Exception):
    """A request that did not bring what it should; the message is one line."""


class TransientError(RequestError):
    """Worth another try: a time-out, a server's trouble, a body that is short or malformed."""

    def __init__(
        self, message: str, *, retry_after: float | None = None, connected: bool = True, is_throttle: bool = False
    ) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.connected = connected
        self.is_throttle = is_throttle


class MissingError(RequestError):
    """The server has no such thing (404, 410); `body` is the beginning of what it says."""

    def __init__(self, message: str, body: str = "") -> None:
        super().__init__(message)
        self.body = body


class BadQueryError(RequestError):
    """The server does not understand the request (400, 414)."""


class TooManyResultsError(RequestError):
    """A query with more results than the server hands out; it has to be split."""

    def __init__(self, total: int) -> None:
        super().__init__(f"{total:,} results")
        self.total = total


class TooLargeError(RequestError):
    """A body beyond the limit of the settings."""


class BadTokenError(RequestError):
    """OAI-PMH no longer knows the resumption token; the harvest has to begin anew."""


class ForbiddenTargetError(RequestError):
    """An address that the settings do not allow."""
