"""What papers say against closed models: claims with their slots, and verdicts on them."""
