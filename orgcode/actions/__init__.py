"""One module per use case; they join rooms and hold no law."""
