"""Measures of the assistant: answers, understanding, speed, each beside the usual alternative."""
