"""Proofs of keys, signatures and verification."""
