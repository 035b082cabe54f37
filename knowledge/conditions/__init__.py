"""Who can apply, as data: questions, rules, days."""
