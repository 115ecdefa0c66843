"""`catchup site`: the survey's web page, served on this machine."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Annotated

import typer

from pipeline.cli.common import DataDir, Debug, data_dir, err, one_line_errors
from pipeline.errors import DataDirError


def site(
    data: DataDir = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this machine; 0 takes a free one")] = 8000,
    debug: Debug = False,
) -> None:
    """Serve the survey's web page on this machine only."""
    with one_line_errors(debug):
        folder = data_dir(data) / "site"
        if not (folder / "index.html").is_file():
            raise DataDirError(f"no page in {folder}; `catchup run` builds it")
        handler = partial(_Handler, directory=str(folder))
        with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
            err.print(f"The survey: http://127.0.0.1:{server.server_port}  (Ctrl-C ends it)")
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                return


class _Handler(SimpleHTTPRequestHandler):
    """Files of the page, without a line of log for each."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""
