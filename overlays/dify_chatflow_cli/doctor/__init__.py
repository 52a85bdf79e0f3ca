"""Command `doctor`: a live server, compared with the document."""
