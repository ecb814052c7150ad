"""Raw ledgers → typed, checked, versioned tables."""
