"""Measurements against raw httpx and the peers: `make bench`; README.md holds the last table."""
