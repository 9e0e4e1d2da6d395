"""The parts of the report, in the order in which they are read; each gives its flowables."""
