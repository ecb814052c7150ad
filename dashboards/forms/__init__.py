"""Pages that change something: sending a ledger in, accepting items, the alert book."""
