"""What a meeting is told: figures read once, and statements by subject made from them."""
