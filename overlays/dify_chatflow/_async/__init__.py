"""The half of the package that waits with `await`; the other half is made from it."""
