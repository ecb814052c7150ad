"""Senders whose records may be one, and what became of their files in earlier runs."""
