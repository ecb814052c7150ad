"""The published database: how it is written, opened and asked."""
