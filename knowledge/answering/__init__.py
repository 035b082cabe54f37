"""What is said of a question."""
