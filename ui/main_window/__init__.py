"""The window: `shell` is what is painted first, `window` the frame that is put into it, with its bars and pages."""
