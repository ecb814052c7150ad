"""``make torture``: ledgers made wrong in thousands of ways, and runs killed at any moment."""
