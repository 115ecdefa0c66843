"""arXiv as a source of papers: one polite HTTP client, two ways of listing, the PDFs."""
