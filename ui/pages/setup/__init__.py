"""First set-up of a device: whose it is, how it is protected, and the recovery code, shown once."""
