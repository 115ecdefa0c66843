"""From the bytes of a PDF to records: words, tables, results, claims. Pure: no network, no clock, no Dagster."""
