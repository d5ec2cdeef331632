"""The pipeline: every stage of a run, in order."""
