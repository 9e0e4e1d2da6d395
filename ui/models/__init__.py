"""Two adapters from plain values to Qt's views: a table with columns as data, and a tree (a list is a flat one)."""
