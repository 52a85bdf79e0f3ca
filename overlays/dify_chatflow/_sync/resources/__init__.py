# Generated from dify_chatflow/_async/resources/__init__.py by `make generate`; change it there.
"""The groups of methods: `app.chat`, `app.runs`, …"""
