"""Headers → the ledger of a sheet and the field of each column."""
