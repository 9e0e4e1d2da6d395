"""Reports: what is printed equals what the rules give, in three languages, whatever people typed."""
