"""Benchmarks against raw httpx and the peers: `make bench`; README.md contains the latest results."""
