"""The documents beside the parquet files of a snapshot: card, dictionary, data package, Croissant, changes in words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import pyarrow as pa
import yaml

from expectations.contract import contracts, dataset
from expectations.describe import File, croissant, datapackage, schema_md
from pipeline.publish.changes import in_words

_HERE = Path(__file__).parent


def write_documents(draft: Path, tables: Mapping[str, pa.Table], *, version: str, date: str, is_first: bool) -> None:
    """Write README.md, SCHEMA.md, CHANGES.md, datapackage.json and croissant.json into a snapshot that is being made.

    `version` is the snapshot's name, `date` its day; nothing else of them depends on a clock.
    """
    files = {
        name: File(table.num_rows, *_content(draft / f"{name}.parquet")) for name, table in _in_order(tables).items()
    }
    texts = {
        "README.md": card(files, version=version),
        "SCHEMA.md": schema_md(),
        "CHANGES.md": in_words(tables, is_first=is_first),
        "datapackage.json": _json(datapackage(files, version=version)),
        "croissant.json": _json(croissant(files, version=version, date=date)),
    }
    for name, text in texts.items():
        (draft / name).write_text(text, encoding="utf-8")


def quality() -> dict[str, Any]:
    """How exact the data are (`quality.yml`): what was measured on, and the figures."""
    found: dict[str, Any] = yaml.safe_load((_HERE / "quality.yml").read_text(encoding="utf-8"))
    return found


def card(files: Mapping[str, File], *, version: str) -> str:
    """The data-set card, with the YAML head by which `datasets.load_dataset(folder, table)` finds the files."""
    template = _environment().get_template("card.md.jinja")
    titles = {name: contract.description for name, contract in contracts().items()}
    return template.render(about=dataset(), tables=files, titles=titles, quality=quality(), version=version)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(  # Markdown, not HTML: everything that the card shows is our own text or a number
        loader=jinja2.FileSystemLoader(_HERE),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )


def _in_order(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    return {name: tables[name] for name in contracts() if name in tables}


def _content(path: Path) -> tuple[int, str]:
    data = path.read_bytes()
    return len(data), hashlib.sha256(data).hexdigest()


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
