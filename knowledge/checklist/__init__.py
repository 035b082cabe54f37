"""What remains to prepare before applying: drawn from a call's facts, followed item by item."""
