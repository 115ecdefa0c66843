"""`catchup`: registers the commands, one module each."""

from __future__ import annotations

import typer

from pipeline.cli.registry import registry
from pipeline.cli.review import app as review
from pipeline.cli.run import run
from pipeline.cli.show import show
from pipeline.cli.site import site
from pipeline.cli.status import status
from pipeline.cli.ui import ui

app = typer.Typer(
    help="What papers report and claim about open language models, read from their PDFs.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for command in (run, ui, site, show, status):
    app.command()(command)
app.add_typer(registry, name="registry")
app.add_typer(review, name="review")


def main() -> None:
    """Entry point of the `catchup` command."""
    app()
