"""The verbs: pure functions over the domain's values. No session, no clock, no files; here a figure is made."""
