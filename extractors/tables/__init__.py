"""Grids of all pages → logical tables: parts joined, heads known, cut rows healed."""
