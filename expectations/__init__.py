"""One contract per published table; schema, checks and dictionary come from it."""
