"""The hand-written client, shown over real sockets in both modes."""
