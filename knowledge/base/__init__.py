"""The knowledge base: records and their topics, the database, passages of documents."""
