"""Tables of a page: regions, columns, rows, spans, headers, kind, self-checks."""
