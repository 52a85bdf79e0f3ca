# Generated from dify_chatflow/_async/__init__.py by `make generate`; change it there.
"""The async client; `_sync` is derived from this package."""
