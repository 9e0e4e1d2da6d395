"""Tests of greenaudit.rules."""
