"""French words: reading them, comparing them, writing dates and phrases."""
