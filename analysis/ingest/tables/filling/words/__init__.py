"""What the words of a row tell beside its columns: days of the work, deadlines put off."""
