"""From findings to text, JSON and annotations of a forge."""
