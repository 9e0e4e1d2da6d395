"""Tests of the store: real files, real databases, real keys."""
