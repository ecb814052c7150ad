"""Sheet → typed rows: where the header is, which ledger it is, what each row is."""
