"""What changed between two snapshots: row by row as a table, and in words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from expectations.contract import contracts
from expectations.schema import empty, to_arrow

_LONGEST = 200  # characters of a value that a change shows; the whole stands in the table itself
_SILENT = ("rejected", "changes")


def row_changes(before: Mapping[str, pa.Table] | None, after: Mapping[str, pa.Table]) -> pa.Table:
    """The table `changes`; empty for a first snapshot, which has none before it."""
    if before is None:
        return empty("changes")
    out: list[dict[str, Any]] = []
    for name, contract in contracts().items():
        if name in _SILENT:
            continue
        old = {contract.row_id(r): r for r in (before[name].to_pylist() if name in before else [])}
        new = {contract.row_id(r): r for r in (after[name].to_pylist() if name in after else [])}
        for row_id in sorted(old.keys() | new.keys()):
            if change := _change(old.get(row_id), new.get(row_id), contract.summary):
                paper = (new.get(row_id) or old[row_id]).get("paper_id")
                out.append({"table_name": name, "row_id": row_id, "paper_id": paper} | change)
    return to_arrow("changes", out)


def _change(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, summary: tuple[str, ...]
) -> dict[str, Any] | None:
    if old is None and new is not None:
        return {"change": "added", "after_json": _short({k: new[k] for k in summary})}
    if new is None and old is not None:
        return {"change": "withdrawn", "before_json": _short({k: old.get(k) for k in summary})}
    if old is None or new is None or old == new:
        return None
    differ = [k for k in new if new[k] != old.get(k)]
    return {
        "change": "changed",
        "changed_columns": differ,
        "before_json": _short({k: old.get(k) for k in differ}),
        "after_json": _short({k: new[k] for k in differ}),
    }


def _short(values: Mapping[str, Any]) -> str:
    return json.dumps({k: _cut(v) for k, v in values.items()}, ensure_ascii=False)


def _cut(value: Any) -> Any:
    if isinstance(value, (list, str)) and len(text := value if isinstance(value, str) else str(value)) > _LONGEST:
        return text[: _LONGEST - 1] + "…"
    return value


def in_words(tables: Mapping[str, pa.Table], *, is_first: bool) -> str:
    """CHANGES.md: a few lines that say what is new, claims to beat a closed model first, then every table."""
    if is_first:
        return "# Changes\n\nThe first snapshot: there is none before it.\n"
    changes = tables["changes"].to_pylist()
    names = {m["model_id"]: m["name"] for m in tables["models"].to_pylist()} if "models" in tables else {}
    lines = [f"- {sentence}" for sentence in news(changes, tables["claims"].to_pylist(), names)]
    counts = Counter((r["table_name"], r["change"]) for r in changes)
    for name, contract in contracts().items():
        parts = []
        for change in ("added", "changed", "withdrawn"):
            if n := counts[name, change]:
                parts.append(f"{n:,} {contract.noun[n != 1]} {change}")
        if parts:
            lines.append("- " + ", ".join(parts))
    return "# Changes\n\nSince the snapshot before:\n\n" + "\n".join(lines or ["- nothing"]) + "\n"


def news(
    changes: Iterable[Mapping[str, Any]], claims: Iterable[Mapping[str, Any]], names: Mapping[str, str]
) -> list[str]:
    """What changed about claims, as sentences without a stop: `12 new claims to beat GPT-3.5-turbo, 3 withdrawn`.

    `changes` are rows of that table, `claims` of the new snapshot, `names` those of models by id. The baselines of most
    change come first; a last sentence counts verdicts that turned."""
    now = {c["claim_id"]: c for c in claims}
    counts: Counter[tuple[str, str]] = Counter()
    turned = 0
    for row in changes:
        if row["table_name"] != "claims":
            continue
        claim = now.get(row["row_id"]) or json.loads(row["before_json"] or "{}")
        if row["change"] == "changed":
            turned += "verdict" in (row["changed_columns"] or ())
        elif claim.get("relation") == "beats":
            base = claim.get("baseline_id")
            counts[names.get(base or "") or base or claim.get("baseline_raw") or "a closed model", row["change"]] += 1
    bases = sorted({base for base, _ in counts}, key=lambda b: (-counts[b, "added"] - counts[b, "withdrawn"], b))
    out = []
    for base in bases:
        added, gone = counts[base, "added"], counts[base, "withdrawn"]
        new = f"{added:,} new {'claim' if added == 1 else 'claims'} to beat {base}" if added else ""
        lost = (
            f"{gone:,} withdrawn"
            if added
            else f"{gone:,} {'claim' if gone == 1 else 'claims'} to beat {base} withdrawn"
        )
        out.append(", ".join([*([new] if new else []), *([lost] if gone else [])]))
    if turned:
        out.append(f"{turned:,} {'claim has' if turned == 1 else 'claims have'} another verdict")
    return out
