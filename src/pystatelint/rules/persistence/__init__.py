"""Rules about rows that two write at once."""
