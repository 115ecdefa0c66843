"""Why a claim could not be checked, in words for a reader who has not seen the program: what was looked for, and
what of it no table has."""

from __future__ import annotations

from extractors.claims.verdict_names import GENERIC, tokens
from extractors.records import Claim, PaperReading
from extractors.results.context import own_names

_SHOWN = 4  # benchmarks named; more would not be read


def looked_for(claim: Claim, missing: str, reading: PaperReading) -> str:
    """The sentence for what is `missing`: a row of the `subject` or the `baseline`, a table with `both`, or one with
    both in the `scope` of the claim."""
    subject, baseline = subject_in_words(claim, reading), claim.baseline_raw
    on = _benchmarks(claim)
    if missing == "baseline":
        return f"no table of the paper has scores of {baseline}{_to_compare(subject, on)}"
    if missing == "subject":
        return f"no table of the paper has scores of {subject}{_to_compare(baseline, on)}"
    if missing == "scope" and not on:
        return f"what the sentence points to has no scores of both {subject} and {baseline}"
    return f"no table of the paper has scores of both {subject} and {baseline}{on}"


def subject_in_words(claim: Claim, reading: PaperReading) -> str:
    """The subject as the sentence names it; in place of `we` or `our model` the name that the paper gives its own."""
    if not claim.is_own or set(tokens(claim.subject_raw)) - GENERIC:
        return claim.subject_raw
    names = own_names(reading.text.title or "", reading.text.abstract or "")
    return f"the paper's own system ({names[0]})" if names else "the paper's own system"


def _benchmarks(claim: Claim) -> str:
    names = list(dict.fromkeys(claim.benchmarks_raw))
    more = len(names) - _SHOWN
    listed = ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
    return f" on {listed}" if names else ""


def _to_compare(other: str, on: str) -> str:
    return f"{on}, to compare with {other}"
