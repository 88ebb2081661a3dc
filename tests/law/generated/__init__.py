"""Organisations, proposals and responses of all sorts, from a seed: for comparing two judges."""
