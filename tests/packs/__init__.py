"""Tests of greenaudit.packs."""
