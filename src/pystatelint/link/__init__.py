"""Facts of many modules become one project: names, classes, writes, phases, verdicts."""
