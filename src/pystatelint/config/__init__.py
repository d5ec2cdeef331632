"""Configuration: one schema, found, read, merged and checked."""
