"""The Python layer: what regenerating the client changes for the code of its users."""
