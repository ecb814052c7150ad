"""Rows of two senders about one record: handed over, or found by one and mended by the other."""
