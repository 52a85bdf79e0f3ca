"""The wire layer: what two documents say to servers and programs."""
