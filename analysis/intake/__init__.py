"""Sending in by browser: a file is looked over, read back, and counts once it is confirmed."""
