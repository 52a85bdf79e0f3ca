"""Comparison of a server's responses with the corrected document; the pipeline and the command line share it."""
