# Made from dify_chatflow/_async/__init__.py by `make generate`; change it there.
"""The half of the package that waits with `await`; the other half is made from it."""
