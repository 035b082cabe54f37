"""The words of a call's own document: cut into passages, kept in the database, searched beside its facts."""
