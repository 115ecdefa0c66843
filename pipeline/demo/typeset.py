"""Typesets the sample papers: `python -m pipeline.demo.typeset` writes `pdf/` anew, byte for byte the same each time.

Only this module needs Typst, which is a dependency of development; the PDFs are part of the package. Fonts are those
that Typst brings along, never the machine's.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst
import yaml

from pipeline.demo import HERE, PAPERS, PDFS

_SAID = ("title", "authors", "published", "updated", "primary_category", "categories")


def paper_files() -> list[Path]:
    return sorted(PAPERS.glob("*.yml"))


def load(path: Path) -> dict[str, Any]:
    paper: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return paper


def typeset(path: Path) -> bytes:
    """The PDF of one paper file."""
    return bytes(
        typst.compile(
            str(HERE / "template.typ"),
            root=str(HERE),
            sys_inputs={"paper": f"papers/{path.name}"},
            ignore_system_fonts=True,
        )
    )


def metadata_line(path: Path) -> str:
    """The line of `metadata.jsonl` on one paper; `sample-01v2.yml` is version 2 of `sample-01`."""
    stem, _, version = path.stem.partition("v")
    paper = load(path)
    row = {"file": f"{path.stem}.pdf", "paper_id": stem, "version": int(version or 1)}
    row |= {key: paper[key] for key in _SAID} | {"abstract": " ".join(paper["abstract"].split())}
    return json.dumps(row | {"license": "CC0-1.0"}, ensure_ascii=False)


def main() -> None:
    PDFS.mkdir(exist_ok=True)
    for path in paper_files():
        (PDFS / f"{path.stem}.pdf").write_bytes(typeset(path))
    lines = "".join(metadata_line(path) + "\n" for path in paper_files())
    (PDFS / "metadata.jsonl").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
