"""The documents with which an applicant leaves: made from a call's facts and from what she said, never kept."""
