"""Typed errors of the pipeline, each with the exit status of the command line that it ends with."""

from __future__ import annotations

from assets.ports import PassingError


class PipelineError(Exception):
    """An error that ends a run; the message is one line that says what to do."""

    exit_code = 2


class CheckFailedError(PipelineError):
    """A blocking check failed; nothing was published."""

    exit_code = 1


class SourceError(PipelineError):
    """What was asked for as a source is none, or holds no paper."""


class SourceUnreachableError(PipelineError, PassingError):
    """The source could not be reached, or asks to be left alone."""

    exit_code = 3


class PublishError(PipelineError):
    """The snapshot could not be written."""


class DataDirError(PipelineError):
    """The data directory cannot be used."""
