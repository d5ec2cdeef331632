"""Rules on state that a module keeps."""
