"""The tests; they mirror the floors."""
