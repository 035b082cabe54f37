"""Answers as values, facts into sentences."""
