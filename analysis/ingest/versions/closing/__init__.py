"""Who closes an item: the office's 验收销号 and 退回重改, and what a ledger claims alone."""
