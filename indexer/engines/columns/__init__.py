"""Columns: an index as immutable arrays, mapped from files. Start with layout.py."""
