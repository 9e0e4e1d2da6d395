"""Tests of what a person can ask for."""
