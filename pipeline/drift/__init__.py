"""Drift: what a new document, stale code or a live server would break, in words that a Python user understands."""
