"""Rules on state that a function keeps: defaults, caches, context variables."""
