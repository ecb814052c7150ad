"""Tables of plans: their columns, several measures in a cell, lists that share numbers."""
