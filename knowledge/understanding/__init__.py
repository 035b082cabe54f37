"""What is asked, of which record, and what speaks for an answer."""
