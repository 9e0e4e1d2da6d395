"""Putting the parts together: `desktop` after the first painted frame, `services` on the store's thread."""
