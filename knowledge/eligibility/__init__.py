"""Who can apply: conditions as data, judged with three values, each with its clause and source."""
