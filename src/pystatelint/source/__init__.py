"""From paths to text and syntax trees: nothing here is ever imported or run."""
