"""Data that ships with the product; a package so that wheels and frozen apps find it."""
