"""The documentation site: its pages and the reference of both packages."""
