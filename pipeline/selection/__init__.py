"""Which listed papers are worth fetching, told from title and abstract."""
