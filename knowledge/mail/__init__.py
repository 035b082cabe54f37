"""What became of each mail: a ledger of hashes and states, and what is decided from it."""
