"""Weekly partitions: the weeks of `assets.weeks` as Dagster knows them, the running week among them."""

import warnings
from collections.abc import Callable, Sequence
from typing import Any

import dagster as dg

from assets.weeks import FIRST_MONDAY, Week

WEEKS = dg.WeeklyPartitionsDefinition(start_date=FIRST_MONDAY.isoformat(), day_offset=1, end_offset=1)


def weekly(
    *, group_name: str, kinds: set[str], deps: Sequence[dg.AssetsDefinition] = ()
) -> Callable[[Callable[..., Any]], dg.AssetsDefinition]:
    """Decorates an asset that is partitioned by week; a range of weeks is one run of it."""

    def decorate(function: Callable[..., Any]) -> dg.AssetsDefinition:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", dg.BetaWarning)  # single_run; the locked version has it, and is tested
            return dg.asset(
                partitions_def=WEEKS,
                backfill_policy=dg.BackfillPolicy.single_run(),
                deps=deps,
                group_name=group_name,
                kinds=kinds,
            )(function)

    return decorate


def weeks_of(context: dg.AssetExecutionContext) -> list[Week]:
    """The weeks of a run, oldest first; a range of them is one run."""
    return [Week.named(key) for key in context.partition_keys]
