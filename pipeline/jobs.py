"""The job of the weekly survey: every asset, in one process (papers are read in worker processes of its own)."""

from __future__ import annotations

import dagster as dg

JOB = "weekly_survey"

weekly_survey = dg.define_asset_job(
    JOB,
    selection=dg.AssetSelection.all(),
    description="List, fetch, read, extract, check, publish, and build the page, for a week or a range of weeks.",
    executor_def=dg.in_process_executor,
)
