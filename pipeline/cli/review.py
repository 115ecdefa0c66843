"""`catchup review`: what a maintainer should look at next, and the words that set it right."""

from __future__ import annotations

import getpass
import shlex
from pathlib import Path
from typing import Annotated, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import typer
import yaml
from rich.markup import escape

from assets.plain import plain_text
from expectations.contract import contracts
from extractors.registry.load import load_registry
from pipeline.cli.common import DataDir, Debug, data_dir, latest_of, one_line_errors, out
from pipeline.errors import SourceError
from pipeline.resources.clock import SystemClock, day_of
from pipeline.resources.storage import DirectoryStore
from pipeline.review.entry import add_entry
from pipeline.review.material import KINDS, Item, Material, load_material
from pipeline.review.queue import review_items
from pipeline.site.answers import answers
from pipeline.site.snapshot import load_snapshot

app = typer.Typer(help="List what to look at, most valuable first, and write corrections.", no_args_is_help=False)
_LINE_CHARS = 600  # text of papers goes to a terminal, so it is made plain and cut
_TABLES = ("results", "claims", "tables", "comparisons", "conflicts")
Reason = Annotated[str, typer.Option(help="Why; it is published with the correction")]
Author = Annotated[str | None, typer.Option(envvar="CATCHUP_AUTHOR", help="Who says so [default: the user's name]")]


@app.callback(invoke_without_command=True)
def listing(
    context: typer.Context,
    data: DataDir = None,
    limit: Annotated[int, typer.Option(min=1, help="Items to show")] = 20,
    kind: Annotated[str | None, typer.Option(help=f"Only one of: {', '.join(KINDS)}")] = None,
    debug: Debug = False,
) -> None:
    """What to look at, in the order in which a minute counts most, with the evidence."""
    if context.invoked_subcommand is not None:
        return
    with one_line_errors(debug):
        if kind is not None and kind not in KINDS:
            raise SourceError(f"no kind {kind!r}; there are {', '.join(KINDS)}")
        latest = latest_of(data)
        material, shown = load_material(latest), answers(load_snapshot(latest))
        items = review_items(material, DirectoryStore(data_dir(data)).corrections(), shown)
        items = [item for item in items if kind in (None, item.kind)]
        for item in items[:limit]:
            out.print(
                f"\n[bold]{escape(plain_text(item.title, _LINE_CHARS))}[/]  value {item.value:.1f}", soft_wrap=True
            )
            for line in item.evidence:
                out.print(f"  {plain_text(line, _LINE_CHARS)}", markup=False, soft_wrap=True)
            out.print(f"  {_how(item, material)}", markup=False, soft_wrap=True)
        out.print(f"\n{min(limit, len(items)):,} of {len(items):,} items", markup=False)


def _how(item: Item, material: Material) -> str:
    """The command that says so. A printed name goes through the shell, so it is quoted for one."""
    if item.kind == "name":
        near = material.near(item.table, item.row_id)
        about = f" (ID: {', '.join(near)}?)" if near else ""
        return f"catchup review link {item.table.removesuffix('s')} {shlex.quote(item.row_id)} ID --reason ...{about}"
    if item.kind == "lost":
        return "take it out of corrections.yml, and say it again of the row that is there now"
    words = "accept|reject" if item.table in ("comparisons", "conflicts") else "accept|reject|mend"
    return f"catchup review {words} {item.row_id} --reason ..."


@app.command()
def accept(row_id: str, reason: Reason, author: Author = None, data: DataDir = None, debug: Debug = False) -> None:
    """A row is right, whatever spoke against it."""
    with one_line_errors(debug):
        _say(data, _found(data, row_id) | {"action": "accept"}, reason, author)


@app.command()
def reject(row_id: str, reason: Reason, author: Author = None, data: DataDir = None, debug: Debug = False) -> None:
    """A row is wrong and is kept out; what hangs on it follows."""
    with one_line_errors(debug):
        _say(data, _found(data, row_id) | {"action": "reject"}, reason, author)


@app.command()
def mend(
    row_id: str,
    values: Annotated[list[str], typer.Argument(help="column=value; null for none, [a, b] for a list")],
    reason: Reason,
    author: Author = None,
    data: DataDir = None,
    debug: Debug = False,
) -> None:
    """Columns of a row are set by hand."""
    with one_line_errors(debug):
        row = _found(data, row_id)
        _say(data, row | {"action": "mend", "set": dict(_value(row["table"], v) for v in values)}, reason, author)


@app.command()
def link(
    kind: Annotated[str, typer.Argument(help="model, benchmark or metric")],
    name: Annotated[str, typer.Argument(help="The name as printed")],
    entity_id: Annotated[str, typer.Argument(metavar="ID", help="The registry's id for it")],
    reason: Reason,
    paper: Annotated[str | None, typer.Option(help="Only in this paper")] = None,
    author: Author = None,
    data: DataDir = None,
    debug: Debug = False,
) -> None:
    """A printed name means an entity of the registry."""
    with one_line_errors(debug):
        entry = {"link": name, "kind": kind, "id": entity_id} | ({"paper": paper} if paper else {})
        _say(data, entry, reason, author)


def _say(data: Path | None, entry: dict[str, Any], reason: str, author: str | None) -> None:
    today = day_of(SystemClock()).isoformat()
    full = entry | {"reason": reason, "author": author or _user(), "date": today}
    path = DirectoryStore(data_dir(data)).corrections_path
    add_entry(path, full, load_registry())
    out.print(f"written to {path}; the next `catchup run` applies it", markup=False, soft_wrap=True)


def _user() -> str:
    """Raises SourceError where the machine knows no name for who is at work, as in some containers."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        raise SourceError("who says so? give --author NAME or set CATCHUP_AUTHOR") from None


def _found(data: Path | None, row_id: str) -> dict[str, Any]:
    """Table and paper of a row, published or kept out. Raises SourceError where no row has that id."""
    latest = latest_of(data)
    for table in _TABLES:
        path = latest / f"{table}.parquet"
        (column,) = contracts()[table].primary_key
        if path.is_file() and (hits := _rows(path, column, row_id)):
            return _entry(table, row_id, hits[0].get("paper_id"))
    hits = [r for r in _rows(latest / "rejected.parquet", "row_id", row_id) if r["table_name"] in _TABLES]
    if not hits:
        raise SourceError(f"no row {row_id!r} in {latest.resolve()}; `catchup review` and the tables name them")
    return _entry(hits[0]["table_name"], row_id, hits[0]["paper_id"])


def _entry(table: str, row_id: str, paper_id: str | None) -> dict[str, Any]:
    return {"row": row_id, "table": table} | ({"paper": paper_id} if paper_id else {})


def _rows(path: Path, column: str, value: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(path, filters=pc.equal(pc.field(column), pa.scalar(value))).to_pylist()
    return rows


def _value(table: str, text: str) -> tuple[str, Any]:
    """`column=value`; the value of a column of text is the text itself, any other is read as YAML."""
    name, mark, value = text.partition("=")
    if not mark:
        raise SourceError(f"{text!r} is no column=value")
    known = contracts()[table]
    is_text = name in known.names and known.column(name).type == "string" and value != "null"
    try:
        return name, value if is_text else yaml.safe_load(value)
    except yaml.YAMLError as error:
        raise SourceError(f"{text!r}: the value is no YAML") from error
