"""Tests of the soak runs: a sample of their faults, and their oracle."""
