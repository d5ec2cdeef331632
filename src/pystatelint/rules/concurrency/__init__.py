"""Rules about what several tasks or threads do to one object."""
