"""From the cells of result tables to scores with their model, benchmark and metric."""
