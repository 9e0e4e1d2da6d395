"""Settings: language and theme, backup, the endpoint, and verifying a file."""
