"""What people type into forms, and what becomes a record of it without a file of theirs."""
