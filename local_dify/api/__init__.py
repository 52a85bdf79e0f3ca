"""The HTTP side of the local Dify: routes, validation, and response bodies."""
