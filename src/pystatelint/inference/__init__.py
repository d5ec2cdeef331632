"""What the source of installed libraries says, read and never imported."""
