"""The command line: one file per command, nothing heavy before it is needed."""
