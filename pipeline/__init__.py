"""The maintainers' side: load a document, correct it, generate the client, and compare."""
