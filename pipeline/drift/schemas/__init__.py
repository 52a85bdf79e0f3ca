"""Schemas in one normal form, and what changed between two of them."""
