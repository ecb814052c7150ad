"""Half months: to which one a ledger belongs, by when its report is due, what was sent for it."""
