"""Counties as files: exports to Parquet, reading them back, the roll-up, Spark."""
