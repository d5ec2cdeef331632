"""Rules on the lifetime of sessions, connections and cursors."""
