"""Thin Dagster assets around the pure functions of `extractors` and `expectations`."""
