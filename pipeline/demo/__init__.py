"""The demo set: small papers of our own with invented models and numbers, so that a run needs no network.

`papers/*.yml` is their text, `template.typ` their look, `pdf/` what `typeset.py` makes of them.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).resolve().parent
PAPERS = HERE / "papers"
PDFS = HERE / "pdf"
