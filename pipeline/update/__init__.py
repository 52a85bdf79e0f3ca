"""Updates: a new document vendored, corrected, generated and tested, and the tree changed in one step."""
