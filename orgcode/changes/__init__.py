"""What a change means, whom it concerns, and the history of every line."""
