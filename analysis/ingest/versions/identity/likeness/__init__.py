"""Whether two rows of two ledgers may speak of one thing, told from what they say."""
