"""Long runs of the client against faults, load and random input: `make soak`."""
