"""The run engine of the local Dify: flows, nodes, forms, and the events they send."""
