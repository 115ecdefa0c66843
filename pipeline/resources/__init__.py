"""What the pipeline reads from and works with."""
