"""What comments silence, and what is wrong with such comments."""
