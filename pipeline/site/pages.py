"""All pages of the site. The data of a page goes into the JSON beside it as well."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.site.conflict_page import conflicts_page
from pipeline.site.entities import benchmark_pages, index_page, model_pages, paper_pages
from pipeline.site.overview import capability_page, claims_page, download_page, figures_page, front_page
from pipeline.site.page import Page, Site
from pipeline.site.snapshot import CAPABILITIES


def all_pages(site: Site) -> Iterator[Page]:
    snap = site.snap
    yield front_page(site)
    for key, title in CAPABILITIES.items():
        yield capability_page(site, key, title)
    yield claims_page(snap)
    yield conflicts_page(snap)
    yield figures_page(snap)
    yield index_page(snap)
    yield Page(
        "results.html", "results.html", "All results", "Search every score that was read, by model or benchmark."
    )
    yield download_page(snap)
    yield from paper_pages(site)
    yield from model_pages(snap)
    yield from benchmark_pages(snap)
