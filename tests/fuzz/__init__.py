"""Fuzz targets: properties of any input, run briefly by the suite and at length by `python -m tests.fuzz`."""
