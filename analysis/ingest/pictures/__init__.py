"""Photos in ledgers: where they stand, what is kept of them, which record they belong to."""
