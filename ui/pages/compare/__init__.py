"""A visit beside the one before it, like for like."""
