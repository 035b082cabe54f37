"""Places of France: official codes, and finding those that a message names."""
