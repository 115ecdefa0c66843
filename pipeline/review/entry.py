"""One more entry in the file of corrections: checked as a whole before it stands there, comments of people kept."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from expectations.correction_file import parse_corrections
from expectations.corrections import Corrections, check_names
from extractors.registry.load import Registry

HEAD = "# What maintainers say of rows and names; docs/data.md tells the form. Order is of no meaning.\n"


def add_entry(path: Path, entry: Mapping[str, Any], registry: Registry) -> Corrections:
    """Append an entry by rename; the corrections as they are then.

    Raises CorrectionsError where the entry, or the file as it was, breaks the form or names what is not there.
    """
    before = path.read_text(encoding="utf-8") if path.is_file() else HEAD
    shown = yaml.safe_dump([dict(entry)], allow_unicode=True, sort_keys=False, width=110)
    text = f"{before.rstrip()}\n{shown}"
    corrections = parse_corrections(text)
    check_names(corrections, registry)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
    return corrections
