"""Fault injection for the local Dify: faults, the middleware that applies them, and recorded requests."""
