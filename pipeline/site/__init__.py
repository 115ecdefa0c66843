"""The survey's web page: static files built from a published snapshot and nothing else.

`snapshot` reads the parquet files; `counted`, `answers`, `leaderboards` and `gap` compute what is shown; `charts` and
`preview` draw; `overview`, `conflict_page` and `entities` say what stands on a page, `pages` lists them; `feed` and
`export` write the other formats; `build` puts the site in its place.
"""

from __future__ import annotations

from pipeline.site.build import SiteReport, build_site

__all__ = ["SiteReport", "build_site"]
