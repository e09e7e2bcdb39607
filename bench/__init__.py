"""Measurements of what issue and documentation claim about speed and size. `make bench` runs them on both databases."""
