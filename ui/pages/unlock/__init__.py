"""Unlock: the data of this device open with a passphrase only."""
