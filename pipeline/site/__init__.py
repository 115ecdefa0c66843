"""The survey's web page: static files built from a published snapshot and nothing else.

`snapshot` reads the parquet files, `answers`, `leaderboards` and `gap` compute what is shown, `charts` draws,
`pages` fills the templates, `feed` and `export` write the other formats, `build` puts the site in its place.
"""

from __future__ import annotations

from pipeline.site.build import SiteReport, build_site

__all__ = ["SiteReport", "build_site"]
