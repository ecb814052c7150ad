"""What the fields of rows get from elsewhere than their own cell: days, units, periods, words."""
