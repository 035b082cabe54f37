"""Establishment numbers, and the national directory of establishments when the operator gives its open-data file."""
