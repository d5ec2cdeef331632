"""Rules on suppressions and on files that cannot be analysed."""
