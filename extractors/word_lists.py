"""Lists of words kept as YAML: each list a pattern that matches any of its entries as a whole word, case ignored."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import yaml

from extractors.errors import RegistryError


def patterns_of(file: Path, names: Iterable[str], *, inner: str = r"\w") -> dict[str, re.Pattern[str]]:
    """The pattern of each named list; a match has no character of the class `inner` right before or after it.

    Raises RegistryError where a list is missing or an entry does not compile.
    """
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    try:
        return {n: re.compile(rf"(?<![{inner}])(?:{'|'.join(data[n])})(?![{inner}])", re.I) for n in names}
    except (KeyError, TypeError, re.error) as error:
        raise RegistryError(f"{file.name}: {error!r}") from error
