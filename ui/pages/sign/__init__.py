"""Closing: what is signed stands beside where it is signed; after both signatures nothing changes."""
