"""Tests of the comparison of responses with the document."""
