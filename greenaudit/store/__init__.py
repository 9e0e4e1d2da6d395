"""The outside world on this device: encrypted database, evidence, keys, backups."""
