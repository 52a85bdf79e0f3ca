"""A small app with its tests, which run against a local Dify."""
