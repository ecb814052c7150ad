"""What is missing, impossible or contradictory, within one ledger and across ledgers."""
