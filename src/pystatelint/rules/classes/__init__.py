"""Rules on state that a class keeps."""
