"""Whole tasks in the user's words: the real window, a real store, a real endpoint; clicks and keys only."""
