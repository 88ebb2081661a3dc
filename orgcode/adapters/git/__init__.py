"""Git repositories, read and written defensively."""
