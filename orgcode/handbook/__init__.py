"""The pages of the handbook as data."""
