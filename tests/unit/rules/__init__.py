"""Rules against records made by hand."""
