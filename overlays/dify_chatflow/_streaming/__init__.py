"""Streams without I/O: from bytes to typed events, and from events to a reply."""
