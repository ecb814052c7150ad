"""The dashboard under load, beside the least that the same tools can show."""
