"""Cell → value: days, deadlines, numbers, codes as units write them."""
