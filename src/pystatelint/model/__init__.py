"""The vocabulary: frozen records that every other layer speaks in; no I/O."""
