"""The wire layer: the protocol between servers and programs."""
