"""New visit: which plant, with which checklist, how much of it."""
