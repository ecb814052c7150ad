"""What may be uploaded: ledgers of a sane size, without programs in them, under a name of ours."""
