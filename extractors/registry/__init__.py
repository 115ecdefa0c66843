"""The registry of models, benchmarks and metrics as data files, and the linking of raw names to it."""
