"""The typed errors of extraction. Each message is one line that a user can act on."""

from __future__ import annotations


class ExtractionError(Exception):
    """A paper could not be read; the message says why. It costs that paper only."""


class NotAPdfError(ExtractionError):
    """The bytes are no PDF (an HTML page, a pointer file, an empty body)."""


class EncryptedPdfError(ExtractionError):
    """The PDF asks for a password."""


class DamagedPdfError(ExtractionError):
    """The PDF cannot be opened or has no page."""


class TooLargeError(ExtractionError):
    """The PDF goes beyond the limit of pages, bytes or drawings."""


class NoTextError(ExtractionError):
    """No page holds text (a scan)."""


class RegistryError(Exception):
    """The registry of models, benchmarks and metrics breaks its own rules: a collision, a dangling id, a bad field."""
