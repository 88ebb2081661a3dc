"""From messages to sentences in Dutch and English."""
