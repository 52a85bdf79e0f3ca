"""Chat with Dify chatflow apps from Python, sync and async."""
