"""The async client; `_sync` is derived from this package."""
