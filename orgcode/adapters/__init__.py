"""The world outside: git, the disk, servers."""
